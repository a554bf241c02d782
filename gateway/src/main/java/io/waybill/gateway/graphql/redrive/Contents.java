package io.waybill.gateway.graphql.redrive;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.Reading;
import io.waybill.gateway.submission.BrokenRule;
import io.waybill.proto.catalogue.v1.Sender;
import io.waybill.proto.command.v1.DeadLetterView;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is driven again of a client's dead letter: what was kept of it, or what is given instead.
 */
final class Contents {

    private static final String FIELD = "payload";
    private static final String JSON = "application/json";

    private Contents() {}

    /**
     * The valid command.
     *
     * @throws WaybillException {@code BAD_USER_INPUT} at {@code payload}, or with the code of the
     *     rule at what is wrong in it by its path; {@code ILLEGAL_STATE} when no command travels on
     *     its topic
     */
    static Command of(DeadLetterView letter, Optional<String> given) {
        CommandType type =
                CommandCatalogue.standard()
                        .onTopic(letter.getTopic())
                        .filter(known -> known.sender() == Sender.SENDER_CLIENT)
                        .orElseThrow(
                                () ->
                                        new WaybillException(
                                                ErrorCode.ILLEGAL_STATE,
                                                "dead letter %s came on a topic on which no command travels"
                                                        .formatted(letter.getCommandId())));
        return given.map(json -> edited(type, json)).orElseGet(() -> kept(type, letter));
    }

    private static Command edited(CommandType type, String json) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
            throw WaybillException.badInput(FIELD, "payload must be valid Unicode");
        }
        return switch (type.read(json.getBytes(StandardCharsets.UTF_8), JSON)) {
            case Reading.Valid(Command command) -> command;
            case Reading.Invalid invalid ->
                    throw BrokenRule.failure(invalid.violations().getFirst().within(FIELD));
            case Reading.Undecodable(String reason, String field) ->
                    throw WaybillException.badInput(
                            field.isEmpty() ? FIELD : FIELD + "." + field, reason);
        };
    }

    /** A later version may read what an earlier one could not. */
    private static Command kept(CommandType type, DeadLetterView letter) {
        int bytes = letter.getPayload().size();
        if (bytes < letter.getPayloadBytes()) {
            throw mustBeEdited(
                    letter,
                    "only the first %d of its %d bytes were kept"
                            .formatted(bytes, letter.getPayloadBytes()));
        }
        return switch (type.read(letter.getPayload().toByteArray(), letter.getContentType())) {
            case Reading.Valid(Command command) -> command;
            case Reading.Invalid invalid -> throw mustBeEdited(letter, invalid.sentence());
            case Reading.Undecodable undecodable ->
                    throw mustBeEdited(letter, undecodable.reason());
        };
    }

    private static WaybillException mustBeEdited(DeadLetterView letter, String why) {
        return WaybillException.badInput(
                FIELD,
                "payload must be given, edited: dead letter %s cannot be driven again as it is, for %s"
                        .formatted(letter.getCommandId(), why));
    }
}
