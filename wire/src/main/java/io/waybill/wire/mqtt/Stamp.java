package io.waybill.wire.mqtt;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.SagaCause;
import io.waybill.proto.queue.v1.Door;
import io.waybill.wire.identity.Principal;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * What travels beside a command's payload: who sent it, under which id, by which door and when. Put
 * on by a gateway, or by the broker at ingress, as the message's correlation data; the correlation
 * data that a client gave travels inside. Small on purpose: the broker hands out batches of so many
 * bytes, and user properties would cost several times as much (each character counts two bytes
 * there, each property 100 more).
 *
 * @param principal who sent it
 * @param commandId the command's id, a UUID in lower case
 * @param door the door it came in by
 * @param acceptedAt when it was accepted, to the microsecond
 * @param sending which sending of it this is; absent where no gateway keeps it
 * @param trace W3C {@code traceparent}
 * @param undecodable why it cannot be decoded, when the broker found so
 * @param correlation the correlation data that an MQTT client gave, for its answer
 * @param saga which request of which order's saga it is, when a saga sends it
 * @param cause the command whose dead letter it drives again, when it does: a UUID in lower case
 */
public record Stamp(
        String principal,
        String commandId,
        Door door,
        Instant acceptedAt,
        Optional<Sending> sending,
        Optional<String> trace,
        Optional<Undecodable> undecodable,
        Optional<byte[]> correlation,
        Optional<SagaCause> saga,
        Optional<String> cause) {

    /** What travels beside a command that neither a saga sends nor drives a dead letter again. */
    public Stamp(
            String principal,
            String commandId,
            Door door,
            Instant acceptedAt,
            Optional<Sending> sending,
            Optional<String> trace,
            Optional<Undecodable> undecodable,
            Optional<byte[]> correlation) {
        this(
                principal,
                commandId,
                door,
                acceptedAt,
                sending,
                trace,
                undecodable,
                correlation,
                Optional.empty(),
                Optional.empty());
    }

    /** What the names of Waybill's own user properties begin with. */
    public static final String PROPERTY_PREFIX = "waybill-";

    /** The user property that names whose outcome a message carries. */
    public static final String PRINCIPAL_PROPERTY = PROPERTY_PREFIX + "principal";

    /** Begins every stamp, so that a client's own correlation data is not taken for one. */
    private static final byte[] MARK = {'W', 'B', 1};

    /**
     * One sending of a command by its gateway.
     *
     * @param gateway the gateway's id; it is answered on {@link Topics#answers}
     * @param number counts the sendings of the command's chain
     * @param predecessor the command before it in the gateway's chain; absent for the first
     */
    public record Sending(String gateway, long number, Optional<CommandIdentity> predecessor) {}

    /**
     * The finding that a payload cannot be decoded; what travels of it is its beginning.
     *
     * @param reason why, for a person
     * @param payloadBytes how long it was before it was cut
     */
    public record Undecodable(String reason, long payloadBytes) {}

    /** The command's identity. */
    public CommandIdentity identity() {
        return CommandIdentity.newBuilder().setPrincipal(principal).setCommandId(commandId).build();
    }

    /** The stamp as correlation data. */
    public byte[] toBytes() {
        var stamp =
                io.waybill.proto.queue.v1.Stamp.newBuilder()
                        .setPrincipal(shortened(principal))
                        .setCommandId(uuidBytes(commandId))
                        .setDoor(door)
                        .setAcceptedAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, acceptedAt));
        sending.ifPresent(value -> stamp.setSending(toMessage(value)));
        trace.ifPresent(stamp::setTrace);
        undecodable.ifPresent(
                value ->
                        stamp.setUndecodable(value.reason()).setPayloadBytes(value.payloadBytes()));
        correlation.ifPresent(value -> stamp.setCorrelation(ByteString.copyFrom(value)));
        saga.ifPresent(stamp::setSaga);
        cause.ifPresent(value -> stamp.setCause(uuidBytes(value)));
        byte[] message = stamp.build().toByteArray();
        return ByteBuffer.allocate(MARK.length + message.length).put(MARK).put(message).array();
    }

    /** The stamp that correlation data is; empty when it is none. */
    public static Optional<Stamp> from(byte[] correlationData) {
        if (correlationData.length < MARK.length
                || !ByteBuffer.wrap(correlationData, 0, MARK.length)
                        .equals(ByteBuffer.wrap(MARK))) {
            return Optional.empty();
        }
        try {
            var message =
                    io.waybill.proto.queue.v1.Stamp.parser()
                            .parseFrom(
                                    correlationData,
                                    MARK.length,
                                    correlationData.length - MARK.length);
            return message.getCommandId().size() == 16
                    ? Optional.of(fromMessage(message))
                    : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static Stamp fromMessage(io.waybill.proto.queue.v1.Stamp message) {
        String principal = lengthened(message.getPrincipal());
        return new Stamp(
                principal,
                uuidText(message.getCommandId()),
                message.getDoor(),
                Instant.EPOCH.plus(message.getAcceptedAtMicros(), ChronoUnit.MICROS),
                message.hasSending()
                        ? Optional.of(fromMessage(message.getSending(), principal))
                        : Optional.empty(),
                nonEmpty(message.getTrace()),
                nonEmpty(message.getUndecodable())
                        .map(reason -> new Undecodable(reason, message.getPayloadBytes())),
                message.hasCorrelation()
                        ? Optional.of(message.getCorrelation().toByteArray())
                        : Optional.empty(),
                message.hasSaga() ? Optional.of(message.getSaga()) : Optional.empty(),
                message.getCause().size() == 16
                        ? Optional.of(uuidText(message.getCause()))
                        : Optional.empty());
    }

    private io.waybill.proto.queue.v1.Sending toMessage(Sending value) {
        var message =
                io.waybill.proto.queue.v1.Sending.newBuilder()
                        .setGateway(value.gateway())
                        .setNumber(value.number());
        value.predecessor()
                .ifPresent(
                        before -> {
                            message.setPredecessorId(uuidBytes(before.getCommandId()));
                            if (!before.getPrincipal().equals(principal)) {
                                message.setPredecessorPrincipal(before.getPrincipal());
                            }
                        });
        return message.build();
    }

    private static Sending fromMessage(
            io.waybill.proto.queue.v1.Sending message, String ownPrincipal) {
        Optional<CommandIdentity> predecessor =
                message.getPredecessorId().size() == 16
                        ? Optional.of(
                                CommandIdentity.newBuilder()
                                        .setPrincipal(
                                                nonEmpty(message.getPredecessorPrincipal())
                                                        .orElse(ownPrincipal))
                                        .setCommandId(uuidText(message.getPredecessorId()))
                                        .build())
                        : Optional.empty();
        return new Sending(message.getGateway(), message.getNumber(), predecessor);
    }

    private static String shortened(String principal) {
        return principal.equals(Principal.ANONYMOUS.name()) ? "" : principal;
    }

    private static String lengthened(String principal) {
        return principal.isEmpty() ? Principal.ANONYMOUS.name() : principal;
    }

    private static ByteString uuidBytes(String uuid) {
        UUID value = UUID.fromString(uuid);
        return ByteString.copyFrom(
                ByteBuffer.allocate(16)
                        .putLong(value.getMostSignificantBits())
                        .putLong(value.getLeastSignificantBits())
                        .array());
    }

    private static String uuidText(ByteString bytes) {
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }

    private static Optional<String> nonEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
