package io.waybill.writer.intake;

import io.waybill.catalogue.Fingerprint;
import io.waybill.proto.queue.v1.Door;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.Stamp;
import io.waybill.wire.mqtt.Topics;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A message as it arrived. One without a stamp, from a foreign broker, counts as anonymous and as
 * accepted when it arrived.
 *
 * @param arrivedAt by the time of day
 * @param dueNanos when it may be decided, on the loop's monotonic clock
 * @param connection which connection brought it: what an earlier one brought is delivered again
 * @param origin what made the writer itself send it, if it did
 */
public record Delivery(
        InboundMessage message,
        Optional<Stamp> stamp,
        Instant arrivedAt,
        long dueNanos,
        int connection,
        Optional<OwnOrigin> origin) {

    /**
     * Why the writer itself sends a command, past the queue.
     *
     * @param timer the name of the timer that was due, if one was
     * @param incarnation of the store that gave the reason
     */
    public record OwnOrigin(Optional<String> timer, String incarnation) {}

    static final String PROTOBUF = "application/x-protobuf";

    /** Reads the stamp of a message that arrives now. */
    public static Delivery of(
            InboundMessage message, Instant now, long nanoTime, Delay delay, int connection) {
        Optional<Stamp> stamp = message.correlationData().flatMap(Stamp::from);
        Instant acceptedAt = stamp.map(Stamp::acceptedAt).orElse(now);
        long due = nanoTime + delay.hold(acceptedAt, now).toNanos();
        return new Delivery(message, stamp, now, due, connection, Optional.empty());
    }

    /**
     * A command that the writer itself sends, now and without delay.
     *
     * @param done runs once, when the command is out of the way
     */
    public static Delivery own(
            String topic,
            byte[] payload,
            Stamp stamp,
            OwnOrigin origin,
            long nanoTime,
            Runnable done) {
        InboundMessage message =
                new InboundMessage(
                        topic,
                        payload,
                        Optional.of(PROTOBUF),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        done);
        return new Delivery(
                message, Optional.of(stamp), stamp.acceptedAt(), nanoTime, 0, Optional.of(origin));
    }

    /** Whether the queue delivers it again, since an earlier connection than this brought it. */
    public boolean broughtBefore(int current) {
        return !isOwn() && connection - current < 0;
    }

    /** Whether the writer itself sent it, past the queue. */
    public boolean isOwn() {
        return origin.isPresent();
    }

    /** Whether it is what the writer itself asks of a participant, for a saga. */
    public boolean isOfSaga() {
        return isOwn() && stamp.flatMap(Stamp::saga).isPresent();
    }

    /**
     * Whether the writer sent it for a reason that another incarnation of the store gave, and that
     * may be none any more. What has a reason still is sent again.
     */
    public boolean isOutdated(String incarnation) {
        return origin.filter(own -> !own.incarnation().equals(incarnation)).isPresent();
    }

    /** The name of the timer that caused it, if one did. */
    public Optional<String> timer() {
        return origin.flatMap(OwnOrigin::timer);
    }

    public String principal() {
        return stamp.map(Stamp::principal).orElse(Principal.ANONYMOUS.name());
    }

    public Instant acceptedAt() {
        return stamp.map(Stamp::acceptedAt).orElse(arrivedAt);
    }

    /** The door it came in by, as it is recorded: {@code GRAPHQL}. */
    public String door() {
        Door door = stamp.map(Stamp::door).orElse(Door.DOOR_MQTT);
        return door.name().substring("DOOR_".length());
    }

    /** Which sending of a gateway it is, if a gateway keeps it. */
    public Optional<Stamp.Sending> sending() {
        return stamp.flatMap(Stamp::sending);
    }

    /** The payload's form: a gateway sends protobuf and does not say so. */
    public String contentType() {
        return message.contentType().orElse(sending().isPresent() ? PROTOBUF : "");
    }

    /** How long the payload was when it was sent. */
    public long payloadBytes() {
        return stamp.flatMap(Stamp::undecodable)
                .map(Stamp.Undecodable::payloadBytes)
                .orElse((long) message.payload().length);
    }

    /** What the client gave to tell its answers apart. */
    public Optional<byte[]> correlation() {
        return stamp.isPresent() ? stamp.flatMap(Stamp::correlation) : message.correlationData();
    }

    /** Where an MQTT client wants its answer, if it is a topic that it may name. */
    public Optional<String> responseTopic() {
        return message.responseTopic().filter(topic -> !Topics.reserved(topic));
    }

    /** Tells this command from others before it is decoded. */
    public String noteKey() {
        return stamp.map(known -> known.principal() + "/" + known.commandId())
                .orElseGet(
                        () ->
                                HexFormat.of()
                                        .formatHex(
                                                Fingerprint.ofUndecodable(
                                                        message.topic(), message.payload())));
    }
}
