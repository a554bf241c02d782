package io.waybill.writer.relay;

import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.MqttSession;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.mqtt.SessionListener;
import io.waybill.wire.mqtt.SessionSettings;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The queue of events as an MQTT session of its own, which hears nothing and ends with its
 * connection: what was not acknowledged the relay sends again itself. Safe for use by many threads.
 */
public final class MqttEventQueue implements EventQueue {

    private final SessionSettings settings;
    private volatile @Nullable MqttSession session;

    /** A queue on a broker; {@link #start} connects. */
    public MqttEventQueue(URI broker, Credentials credentials) {
        settings =
                new SessionSettings(
                        broker,
                        "waybill-writer-relay-0",
                        "role:" + Role.WRITER.label(),
                        credentials.secret(Role.WRITER),
                        Duration.ZERO,
                        1,
                        List.of());
    }

    @Override
    public void start(Runnable connected) {
        MqttSession started = new MqttSession(settings, new Connects(connected));
        session = started;
        started.start();
    }

    @Override
    public CompletableFuture<PublishResult> publish(OutboundMessage message) {
        MqttSession current = session;
        return current == null
                ? CompletableFuture.failedFuture(new IOException("not connected yet"))
                : current.publish(message);
    }

    @Override
    public void close() {
        MqttSession current = session;
        if (current != null) {
            current.close();
        }
    }

    private record Connects(Runnable connected) implements SessionListener {

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
