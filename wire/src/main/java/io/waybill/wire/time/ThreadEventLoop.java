package io.waybill.wire.time;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An event loop on one platform thread of its own. Tasks given after {@link #close()} are dropped.
 */
public final class ThreadEventLoop implements EventLoop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadEventLoop.class);
    private static final Timer NO_TIMER = () -> {};

    private final String name;
    private final ScheduledThreadPoolExecutor executor;

    /** Starts a loop whose thread has this name. */
    public ThreadEventLoop(String name) {
        this.name = name;
        executor =
                new ScheduledThreadPoolExecutor(
                        1, task -> Thread.ofPlatform().name(name).daemon().unstarted(task));
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        try {
            Future<?> future =
                    executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("dropped a task given after the loop was closed", e);
            return NO_TIMER;
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    /**
     * Lets the running task finish, drops the rest, and waits up to five seconds for the thread.
     */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("{} did not end within 5 s; what it was at is broken off", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.error(
                        "a task of {} failed by a fault of Waybill's own; the others go on",
                        name,
                        e);
            }
        };
    }
}
