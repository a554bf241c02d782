package io.waybill.gateway.event;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

import io.waybill.proto.relay.v1.SequenceReached;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.MqttSession;
import io.waybill.wire.mqtt.SessionListener;
import io.waybill.wire.mqtt.SessionSettings;
import io.waybill.wire.mqtt.UserProperty;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Events over MQTT, in a session of its own that ends with its connection: what is missed is read
 * again, not delivered again.
 */
final class EventSession implements SessionListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventSession.class);
    private static final int RECEIVE_MAXIMUM = 1_000;
    private static final String SEQUENCE = "SEQUENCE";

    private final EventListener listener;
    private final MqttSession session;

    /**
     * Sets up the session; {@link #start()} connects it.
     *
     * @param aggregates whose events are heard: {@code ORDER}
     */
    EventSession(
            URI broker,
            Credentials credentials,
            String gatewayId,
            List<String> aggregates,
            EventListener listener) {
        this.listener = listener;
        this.session =
                new MqttSession(
                        new SessionSettings(
                                broker,
                                "waybill-gateway-%s-events".formatted(gatewayId),
                                "role:" + Role.GATEWAY.label(),
                                credentials.secret(Role.GATEWAY),
                                Duration.ZERO,
                                RECEIVE_MAXIMUM,
                                aggregates.stream()
                                        .map(aggregate -> "EVENT/" + aggregate + "/#")
                                        .toList()),
                        this);
    }

    void start() {
        session.start();
    }

    @Override
    public void connected(boolean sessionPresent) {
        listener.connected();
    }

    @Override
    public void disconnected(String reason) {
        // Nothing is missed before the next connection, with which all is read again.
    }

    @Override
    public void received(InboundMessage message) {
        message.acknowledgement().run();
        hear(message, listener);
    }

    /** Makes of a message what it says. */
    static void hear(InboundMessage message, EventListener listener) {
        String[] levels = message.topic().split("/", -1);
        if (levels.length < 3) {
            return;
        }
        String aggregate = levels[1];
        try {
            if (levels[2].equals(SEQUENCE)) {
                SequenceReached.Builder reached = SequenceReached.newBuilder();
                JsonFormat.parser()
                        .ignoringUnknownFields()
                        .merge(new String(message.payload(), StandardCharsets.UTF_8), reached);
                listener.reached(aggregate, reached.getPartition(), reached.getSequence());
            } else {
                listener.happened(
                        aggregate,
                        Integer.parseInt(attribute(message, "partition")),
                        Long.parseLong(attribute(message, "sequence")),
                        attribute(message, "subject"));
            }
        } catch (InvalidProtocolBufferException | NumberFormatException e) {
            LOG.warn("a message on {} is no event of Waybill's", message.topic(), e);
            listener.misheard(aggregate);
        }
    }

    private static String attribute(InboundMessage message, String name) {
        return message.userProperties().stream()
                .filter(property -> property.name().equals(name))
                .map(UserProperty::value)
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        session.close();
    }
}
