package io.waybill.writer.relay;

import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.MqttSession;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.mqtt.SessionListener;
import io.waybill.wire.mqtt.SessionSettings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The queue of events as an MQTT session of its own, which hears nothing and ends with its
 * connection: what was not acknowledged the relay sends again itself. Safe for use by many threads.
 */
public final class MqttEventQueue implements EventQueue {

    private final MqttSession session;
    private volatile Runnable connected = () -> {};

    /** A queue on a broker; {@link #start} connects. */
    public MqttEventQueue(URI broker, Credentials credentials) {
        session =
                new MqttSession(
                        new SessionSettings(
                                broker,
                                "waybill-writer-relay-0",
                                "role:" + Role.WRITER.label(),
                                credentials.secret(Role.WRITER),
                                Duration.ZERO,
                                1,
                                List.of()),
                        new Connects());
    }

    @Override
    public void start(Runnable whenConnected) {
        connected = whenConnected;
        session.start();
    }

    @Override
    public CompletableFuture<PublishResult> publish(OutboundMessage message) {
        return session.publish(message);
    }

    @Override
    public void close() {
        session.close();
    }

    private final class Connects implements SessionListener {

        @Override
        public void connected(boolean sessionPresent) {
            connected.run();
        }

        @Override
        public void disconnected(String reason) {
            // What was not answered has failed.
        }

        @Override
        public void received(InboundMessage message) {
            message.acknowledgement().run();
        }
    }
}
