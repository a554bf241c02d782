package io.waybill.broker.access;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.Ids;
import io.waybill.catalogue.Reading;
import io.waybill.proto.queue.v1.Door;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.mqtt.Stamp;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads what a client sent to a command topic and stamps it, once. Depends on the clock alone; safe
 * for use by many threads.
 */
final class Stamping {

    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int SENTENCE_CHARACTERS = 400;

    /**
     * What a client sent.
     *
     * @param contentType empty when it gave none
     * @param trace what it gave as {@code traceparent}
     */
    record Sent(
            CommandType type,
            Principal principal,
            byte[] payload,
            String contentType,
            Optional<byte[]> correlation,
            Optional<String> trace) {}

    /** What becomes of it. */
    sealed interface Stamped {

        /** Goes on, with this payload and this stamp. */
        record Taken(byte[] payload, Stamp stamp) implements Stamped {}

        /** Is not taken, because the client can be told so. */
        record Refused(String sentence) implements Stamped {}
    }

    private final Clock clock;

    Stamping(Clock clock) {
        this.clock = clock;
    }

    /**
     * Stamps a command.
     *
     * @param refusable whether the client would hear of a refusal; else what is wrong goes on as
     *     well, for the writer to record
     */
    Stamped stamp(Sent sent, boolean refusable) {
        return switch (read(sent)) {
            case Reading.Valid valid ->
                    taken(
                            sent,
                            sent.payload(),
                            Optional.empty(),
                            key -> id(sent, key, valid.command()));
            case Reading.Invalid invalid ->
                    refusable
                            ? refused(invalid.sentence())
                            : taken(
                                    sent,
                                    sent.payload(),
                                    Optional.empty(),
                                    key -> id(sent, key, invalid.target()));
            case Reading.Undecodable undecodable ->
                    refusable
                            ? refused(undecodable.reason())
                            : taken(
                                    sent,
                                    beginning(sent.payload()),
                                    Optional.of(
                                            new Stamp.Undecodable(
                                                    undecodable.reason(), sent.payload().length)),
                                    key -> id(sent, key, Optional.empty()));
        };
    }

    private static Reading read(Sent sent) {
        int correlation = sent.correlation().map(bytes -> bytes.length).orElse(0);
        return correlation > ClientLimits.CORRELATION_BYTES
                ? new Reading.Undecodable(
                        "the correlation data has %d bytes; at most %d are taken"
                                .formatted(correlation, ClientLimits.CORRELATION_BYTES))
                : sent.type().read(sent.payload(), sent.contentType());
    }

    private Stamped taken(
            Sent sent,
            byte[] payload,
            Optional<Stamp.Undecodable> undecodable,
            Function<String, String> idOfKey) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String commandId =
                sent.correlation()
                        .flatMap(Ids::uuid)
                        .map(idOfKey)
                        .orElseGet(() -> Ids.newId(now.toEpochMilli()));
        return new Stamped.Taken(
                payload,
                new Stamp(
                        sent.principal().name(),
                        commandId,
                        Door.DOOR_MQTT,
                        now,
                        Optional.empty(),
                        sent.trace().filter(value -> TRACE_PARENT.matcher(value).matches()),
                        undecodable,
                        sent.correlation()
                                .filter(c -> c.length <= ClientLimits.CORRELATION_BYTES)));
    }

    private static String id(Sent sent, String key, Command command) {
        return Ids.commandId(sent.principal().name(), key, command);
    }

    private static String id(Sent sent, String key, Optional<String> target) {
        return Ids.commandId(sent.principal().name(), key, sent.type().topic(), target);
    }

    private static byte[] beginning(byte[] payload) {
        return Arrays.copyOf(payload, Math.min(payload.length, ClientLimits.UNDECODABLE_BYTES));
    }

    private static Stamped refused(String sentence) {
        return new Stamped.Refused(
                sentence.length() <= SENTENCE_CHARACTERS
                        ? sentence
                        : sentence.substring(0, SENTENCE_CHARACTERS) + "...");
    }
}
