package io.waybill.wire.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * One sequence of tasks with its own clock: what runs on it runs alone, in order, and may keep its
 * state without locks. Tasks must not block and must not throw: what they throw is logged and goes
 * no further.
 *
 * <p>{@link ThreadEventLoop} runs on a thread; a simulation runs many loops in virtual time on one.
 */
public interface EventLoop extends Executor {

    /** Runs a task after those given before. May be called from any thread. */
    @Override
    void execute(Runnable task);

    /** Runs a task when at least {@code delay} has passed. May be called from any thread. */
    Timer schedule(Duration delay, Runnable task);

    /** Monotonic time in nanoseconds; only differences mean anything. */
    long nanoTime();

    /** The time of day. May jump in either direction. */
    Instant now();

    /** A task that waits for its time. */
    interface Timer {
        /** Keeps the task from running, if it has not begun. May be called more than once. */
        void cancel();
    }
}
