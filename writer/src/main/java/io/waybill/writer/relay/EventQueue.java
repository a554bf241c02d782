package io.waybill.writer.relay;

import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;

import java.util.concurrent.CompletableFuture;

/** Where events go. Safe for use by many threads. */
public interface EventQueue extends AutoCloseable {

    /**
     * Begins to connect, in the background.
     *
     * @param connected runs after each connect, on any thread; must not block
     */
    void start(Runnable connected);

    /**
     * Publishes with QoS 1, in the order given; fails when there is no connection or it is lost
     * before the answer.
     */
    CompletableFuture<PublishResult> publish(OutboundMessage message);

    /** Disconnects. */
    @Override
    void close();
}
