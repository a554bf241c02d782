package io.waybill.gateway.outbox;

import io.waybill.wire.time.Backoff;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;

import java.util.random.RandomGenerator;

/**
 * Stops sending for a while when the broker loses what is sent, and then feels its way back with a
 * single message. Belongs to the loop.
 */
final class Pause {

    private enum Stage {
        /** All is well. */
        OFF,
        /** Nothing is sent. */
        ON,
        /** One is sent, to see. */
        FEELING
    }

    private final EventLoop loop;
    private final Inbox inbox;
    private final RandomGenerator random;
    private Stage stage = Stage.OFF;
    private int failures;
    private EventLoop.@Nullable Timer timer;
    private volatile String reason = "";

    Pause(EventLoop loop, Inbox inbox, RandomGenerator random) {
        this.loop = loop;
        this.inbox = inbox;
        this.random = random;
    }

    boolean isOn() {
        return stage == Stage.ON;
    }

    /** Why; empty when there is no pause. Safe for use by many threads. */
    String reason() {
        return reason;
    }

    /** Whether one more may be sent beside those that the broker has not answered. */
    boolean allows(int inFlight, int most) {
        return switch (stage) {
            case OFF -> inFlight < most;
            case ON -> false;
            case FEELING -> inFlight == 0;
        };
    }

    /**
     * A message was lost.
     *
     * @param connected when not, connecting again ends the pause
     */
    void begin(Backoff backoff, String why, boolean connected) {
        if (stage == Stage.ON || !connected) {
            return;
        }
        stage = Stage.ON;
        reason = why;
        failures++;
        timer =
                loop.schedule(
                        backoff.after(failures, random),
                        () -> inbox.add(() -> stage = stage == Stage.ON ? Stage.FEELING : stage));
    }

    /** A message was taken. */
    void succeeded() {
        if (stage == Stage.FEELING) {
            end();
        }
    }

    /** Connected anew: whatever it was may be over. */
    void end() {
        stage = Stage.OFF;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        failures = 0;
        reason = "";
    }
}
