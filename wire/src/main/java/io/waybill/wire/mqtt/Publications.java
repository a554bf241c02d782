package io.waybill.wire.mqtt;

import io.waybill.wire.failure.Reason;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What one connection publishes: in the order given, so many at a time as the broker takes without
 * an answer; the others wait here. Each is answered or fails, exactly once, when the connection
 * ends at the latest. Safe for use by many threads; results are completed on Paho's threads,
 * outside the lock.
 */
final class Publications {

    /** More in flight brings no more throughput, only latency inside Paho. */
    private static final int MOST_IN_FLIGHT = 2_048;

    private static final int MOST_WAITING = 65_536;

    /** Hands a message to Paho. */
    @FunctionalInterface
    interface Sender {
        void send(OutboundMessage message, MqttActionListener answer) throws MqttException;
    }

    private final Sender sender;
    private final int window;

    private final Object lock = new Object();
    // Guarded by the lock. It is held while Paho takes a message, which keeps the order, and Paho's
    // topic
    // aliases in step with it; Paho only queues the message then.
    private final Set<Publication> inFlight = new HashSet<>();
    private final Queue<Publication> waiting = new ArrayDeque<>();
    private @Nullable String ended;

    Publications(int receiveMaximum, Sender sender) {
        this.window = Math.min(receiveMaximum, MOST_IN_FLIGHT);
        this.sender = sender;
    }

    CompletableFuture<PublishResult> add(OutboundMessage message) {
        Publication publication = new Publication(message);
        List<Runnable> failed = new ArrayList<>();
        synchronized (lock) {
            if (ended != null) {
                String reason = ended;
                failed.add(() -> publication.fail(reason));
            } else if (waiting.size() >= MOST_WAITING) {
                failed.add(
                        () ->
                                publication.fail(
                                        "more than " + MOST_WAITING + " messages are waiting"));
            } else {
                waiting.add(publication);
                send(failed);
            }
        }
        failed.forEach(Runnable::run);
        return publication.result;
    }

    /** Fails all that is not answered. Only the first call counts. */
    void end(String reason) {
        List<Publication> left;
        synchronized (lock) {
            if (ended != null) {
                return;
            }
            ended = reason;
            left = new ArrayList<>(inFlight);
            left.addAll(waiting);
            inFlight.clear();
            waiting.clear();
        }
        left.forEach(publication -> publication.fail(reason));
    }

    private void answered(Publication publication) {
        List<Runnable> failed = new ArrayList<>();
        synchronized (lock) {
            inFlight.remove(publication);
            send(failed);
        }
        failed.forEach(Runnable::run);
    }

    private void send(List<Runnable> failed) {
        while (inFlight.size() < window) {
            Publication next = waiting.poll();
            if (next == null) {
                return;
            }
            inFlight.add(next);
            try {
                sender.send(next.message, next);
            } catch (MqttException | RuntimeException e) {
                inFlight.remove(next);
                failed.add(() -> next.fail(Reason.of(e)));
            }
        }
    }

    private final class Publication implements MqttActionListener {

        final OutboundMessage message;
        final CompletableFuture<PublishResult> result = new CompletableFuture<>();

        Publication(OutboundMessage message) {
            this.message = message;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            answered(this);
            result.complete(result(token));
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            answered(this);
            fail(Reason.of(failure));
        }

        void fail(String reason) {
            result.completeExceptionally(new IOException("not published: " + reason));
        }

        private static PublishResult result(IMqttToken token) {
            int[] codes = token.getReasonCodes();
            MqttProperties properties = token.getResponseProperties();
            String reason = properties == null ? null : properties.getReasonString();
            return new PublishResult(
                    codes == null || codes.length == 0 ? 0 : codes[codes.length - 1],
                    reason == null ? "" : reason);
        }
    }
}
