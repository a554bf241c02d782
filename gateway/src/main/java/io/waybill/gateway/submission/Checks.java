package io.waybill.gateway.submission;

import com.google.protobuf.Message;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.Reading;
import io.waybill.catalogue.Violation;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is checked of a submission without asking anyone. */
final class Checks {

    private static final int LONGEST_KEY = 200;
    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Checks() {}

    /**
     * The valid, normalised command.
     *
     * @throws WaybillException with the code of the rule and its field for the first that is
     *     broken; {@code NOT_FOUND} when the only thing wrong is the id: nothing can have a
     *     malformed one
     */
    static Command valid(CommandType type, Message given) {
        return switch (type.read(given)) {
            case Reading.Valid(Command command) -> command;
            case Reading.Invalid invalid -> throw refusal(type, given, invalid.violations());
            case Reading.Undecodable undecodable ->
                    throw new WaybillException(ErrorCode.BAD_USER_INPUT, undecodable.reason());
        };
    }

    private static WaybillException refusal(
            CommandType type, Message given, List<Violation> violations) {
        String idField = type.idField().getName();
        return violations.stream()
                .filter(violation -> !violation.field().equals(idField))
                .findFirst()
                .map(BrokenRule::failure)
                .orElseGet(() -> notFound(type, (String) given.getField(type.idField())));
    }

    static WaybillException notFound(CommandType type, String id) {
        return new WaybillException(ErrorCode.NOT_FOUND, NotFound.sentence(type.requires(), id))
                .at(type.idField().getName());
    }

    /** Checks an idempotency key. */
    static void key(String key) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw WaybillException.badInput(
                    "idempotencyKey",
                    "idempotencyKey must have 1 to %d characters".formatted(LONGEST_KEY));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
            throw WaybillException.badInput(
                    "idempotencyKey", "idempotencyKey must be valid Unicode");
        }
    }

    /** The trace, if it is one. */
    static Optional<String> trace(Optional<String> given) {
        return given.filter(trace -> TRACE_PARENT.matcher(trace).matches());
    }
}
