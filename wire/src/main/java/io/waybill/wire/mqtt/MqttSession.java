package io.waybill.wire.mqtt;

import java.util.concurrent.CompletableFuture;

/**
 * An MQTT 5 session over Eclipse Paho that connects, and connects again, until it is closed. Safe
 * for use by many threads.
 */
public final class MqttSession implements AutoCloseable {

    /** Sets up a session; {@link #start()} connects it. */
    public MqttSession(SessionSettings settings, SessionListener listener) {
        throw new UnsupportedOperationException(settings + " " + listener);
    }

    /** Begins to connect, in the background, with backoff and jitter. Returns at once. */
    public void start() {
        throw new UnsupportedOperationException();
    }

    /** Whether the session is connected and subscribed now. */
    public boolean connected() {
        throw new UnsupportedOperationException();
    }

    /**
     * Publishes with QoS 1. Does not block, and does not send again by itself: the result fails
     * with an {@link java.io.IOException} when there is no connection or it is lost before the
     * answer.
     */
    public CompletableFuture<PublishResult> publish(OutboundMessage message) {
        throw new UnsupportedOperationException(message.topic());
    }

    /** Disconnects; the broker keeps the session until it expires. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
