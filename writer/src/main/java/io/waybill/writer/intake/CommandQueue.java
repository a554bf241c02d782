package io.waybill.writer.intake;

import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;

import java.util.concurrent.CompletableFuture;

/**
 * The queue that commands come from and answers go to. Delivers each message at least once, again
 * when it was not acknowledged before the connection was lost. Bounds how many are unacknowledged
 * at a time.
 */
public interface CommandQueue extends AutoCloseable {

    /** Begins to connect, in the background, and to deliver. */
    void start(Listener listener);

    /** Publishes with QoS 1; fails when there is no connection or it is lost before the answer. */
    CompletableFuture<PublishResult> publish(OutboundMessage message);

    /** Disconnects; what is unacknowledged is delivered again to the next connection. */
    @Override
    void close();

    /** Hears of the queue: one call at a time, on any thread. Must not block. */
    interface Listener {

        /**
         * Connected and subscribed. Messages may have arrived before.
         *
         * @param sessionPresent whether the queue still had this writer's session; if not, what was
         *     queued in it is lost
         */
        void connected(boolean sessionPresent);

        /** The connection is gone; it comes back by itself. */
        void disconnected(String reason);

        /** A message arrived. */
        void delivered(InboundMessage message);
    }
}
