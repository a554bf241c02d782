package io.waybill.writer.intake;

import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.Topics;
import io.waybill.wire.time.Backoff;
import io.waybill.wire.time.EventLoop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Tells all gateways that the writer's session is a new one, so that they send again what was
 * queued in the old. Keeps saying so until the broker has taken the message. Used on the pipeline's
 * event loop.
 */
public final class SessionLoss {

    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final EventLoop loop;
    private final CommandQueue queue;
    private final RandomGenerator random;

    private boolean untold;
    private boolean telling;
    private int failures;

    /** Tells it over a queue. */
    public SessionLoss(EventLoop loop, CommandQueue queue, RandomGenerator random) {
        this.loop = loop;
        this.queue = queue;
        this.random = random;
    }

    /** The queue has connected and subscribed. */
    public void connected(boolean sessionPresent) {
        untold |= !sessionPresent;
        failures = 0;
        tell();
    }

    private void tell() {
        if (!untold || telling) {
            return;
        }
        telling = true;
        untold = false;
        var _ =
                queue.publish(OutboundMessage.of(Topics.SESSION_LOST, new byte[0]))
                        .whenComplete(
                                (result, failure) ->
                                        loop.execute(
                                                () -> told(failure == null && !result.refused())));
    }

    private void told(boolean taken) {
        telling = false;
        if (!taken) {
            untold = true;
            failures++;
            loop.schedule(BACKOFF.after(failures, random), this::tell);
        } else {
            tell();
        }
    }
}
