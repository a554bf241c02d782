package io.waybill.wire.mqtt;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What travels beside a command's payload, as MQTT 5 user properties whose names begin with {@code
 * waybill-}: who sent it, under which id, by which door and when. Put on by a gateway, or by the broker at
 * ingress; what a client sends under these names is removed.
 *
 * @param principal who sent it
 * @param commandId the command's id, a UUID in lower case
 * @param door {@code GRAPHQL}, {@code REST} or {@code MQTT}
 * @param acceptedAt when it was accepted
 * @param sending which sending of it this is; absent where no gateway keeps it
 * @param trace W3C {@code traceparent}
 * @param undecodable why the broker found that it cannot be decoded; the payload then is its beginning
 *     only
 * @param payloadBytes how long the payload was before it was cut; present with {@code undecodable}
 */
public record Stamp(
        String principal,
        String commandId,
        String door,
        Instant acceptedAt,
        Optional<Sending> sending,
        Optional<String> trace,
        Optional<String> undecodable,
        Optional<Long> payloadBytes) {

    /** What the names of all of Waybill's own user properties begin with. */
    public static final String PREFIX = "waybill-";

    /** The property that names whose outcome a message carries. */
    public static final String PRINCIPAL = PREFIX + "principal";

    private static final String COMMAND_ID = PREFIX + "command-id";
    private static final String DOOR = PREFIX + "door";
    private static final String ACCEPTED_AT = PREFIX + "accepted-at";
    private static final String SENDING = PREFIX + "sending";
    private static final String PREDECESSOR = PREFIX + "predecessor";
    private static final String TRACE = PREFIX + "traceparent";
    private static final String UNDECODABLE = PREFIX + "undecodable";
    private static final String PAYLOAD_BYTES = PREFIX + "payload-bytes";

    /**
     * One sending of a command by its gateway.
     *
     * @param number counts the sendings of the command's chain
     * @param predecessor the command before it, of the same principal or another, as {@code
     *     principal/command id}; absent for the first of its chain
     */
    public record Sending(long number, Optional<String> predecessor) {}

    /** The stamp as user properties. */
    public List<UserProperty> toProperties() {
        List<UserProperty> properties = new ArrayList<>();
        properties.add(new UserProperty(PRINCIPAL, principal));
        properties.add(new UserProperty(COMMAND_ID, commandId));
        properties.add(new UserProperty(DOOR, door));
        properties.add(new UserProperty(ACCEPTED_AT, acceptedAt.toString()));
        sending.ifPresent(
                sent -> {
                    properties.add(new UserProperty(SENDING, Long.toString(sent.number())));
                    sent.predecessor()
                            .ifPresent(id -> properties.add(new UserProperty(PREDECESSOR, id)));
                });
        trace.ifPresent(value -> properties.add(new UserProperty(TRACE, value)));
        undecodable.ifPresent(value -> properties.add(new UserProperty(UNDECODABLE, value)));
        payloadBytes.ifPresent(
                value -> properties.add(new UserProperty(PAYLOAD_BYTES, Long.toString(value))));
        return List.copyOf(properties);
    }

    /** The stamp that user properties hold; empty when they hold none, or a broken one. */
    public static Optional<Stamp> from(List<UserProperty> properties) {
        Optional<String> principal = value(properties, PRINCIPAL);
        Optional<String> commandId = value(properties, COMMAND_ID);
        Optional<String> door = value(properties, DOOR);
        Optional<String> acceptedAt = value(properties, ACCEPTED_AT);
        if (principal.isEmpty() || commandId.isEmpty() || door.isEmpty() || acceptedAt.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<String> predecessor = value(properties, PREDECESSOR);
            return Optional.of(
                    new Stamp(
                            principal.get(),
                            commandId.get(),
                            door.get(),
                            Instant.parse(acceptedAt.get()),
                            value(properties, SENDING)
                                    .map(n -> new Sending(Long.parseLong(n), predecessor)),
                            value(properties, TRACE),
                            value(properties, UNDECODABLE),
                            value(properties, PAYLOAD_BYTES).map(Long::parseLong)));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> value(List<UserProperty> properties, String name) {
        return properties.stream()
                .filter(property -> property.name().equals(name))
                .map(UserProperty::value)
                .findFirst();
    }
}
