package io.waybill.wire.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * An event loop in {@link VirtualTime}. Unlike a real one it does not swallow what a task throws:
 * that ends the run, where a test can see it.
 */
public final class VirtualEventLoop implements EventLoop {

    private record Task(long due, long sequence, Runnable work) {}

    private final VirtualTime time;
    private final String name;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(
                    Comparator.comparingLong(Task::due).thenComparingLong(Task::sequence));

    private Duration clockOffset = Duration.ZERO;
    private boolean killed;

    VirtualEventLoop(VirtualTime time, String name) {
        this.time = time;
        this.name = name;
    }

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        if (killed) {
            return () -> {};
        }
        long wait = Math.max(0, delay.toNanos());
        Task added = new Task(time.nanoTime() + wait, time.nextSequence(), task);
        tasks.add(added);
        return () -> tasks.remove(added);
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Instant now() {
        return time.now().plus(clockOffset);
    }

    /** Steps this loop's time of day, forward or back; its monotonic time does not notice. */
    public void stepClock(Duration by) {
        clockOffset = clockOffset.plus(by);
    }

    /** Drops all tasks, those given later too: the process that the loop stands for is gone. */
    public void kill() {
        killed = true;
        tasks.clear();
        time.forget(this);
    }

    @Override
    public String toString() {
        return name;
    }

    long nextDue() {
        Task next = tasks.peek();
        return next == null ? Long.MAX_VALUE : next.due();
    }

    void runNext() {
        Task next = tasks.poll();
        if (next != null) {
            next.work().run();
        }
    }
}
