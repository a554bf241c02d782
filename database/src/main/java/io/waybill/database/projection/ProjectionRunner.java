package io.waybill.database.projection;

import io.waybill.database.engine.ReadStore;
import io.waybill.database.tail.LogTail;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.time.Backoff;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings some projections up to the end of the log and keeps them there. Owns one thread, which
 * goes round among them page by page, and sleeps until the next commit when there is nothing to do:
 * a commit concerns few of them, and to wake a thread for each would cost more than the work. While
 * the store cannot be reached it tries again with a backoff; what a projection does not understand
 * stops it for good, and it alone, after everything before was written.
 */
public final class ProjectionRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final String name;
    private final LogTail tail;
    private final List<LogFollower<?>> all = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /** Prepares; {@link #start()} begins. */
    public ProjectionRunner(
            String name, LogTail tail, ReadStore store, List<? extends ReadModel<?>> models) {
        this.name = name;
        this.tail = tail;
        models.forEach(model -> all.add(new LogFollower<>(model, tail, store)));
        this.thread = Thread.ofPlatform().name("projection-" + name).daemon().unstarted(this::run);
    }

    /** Begins, each at its checkpoint. */
    public void start() {
        thread.start();
    }

    private void run() {
        try (var _ = tail.follow(() -> LockSupport.unpark(thread))) {
            List<LogFollower<?>> going = new ArrayList<>(all);
            int failures = 0;
            while (!closed) {
                boolean moved = false;
                boolean failed = false;
                for (LogFollower<?> follower : List.copyOf(going)) {
                    switch (step(follower, failures == 0)) {
                        case MOVED -> moved = true;
                        case AT_END -> {}
                        case FAILED -> failed = true;
                        case STOPPED -> going.remove(follower);
                    }
                }
                failures = failed ? failures + 1 : 0;
                if (failed) {
                    LockSupport.parkNanos(
                            BACKOFF.after(failures, ThreadLocalRandom.current()).toNanos());
                } else if (!moved) {
                    LockSupport.park(this);
                }
            }
        }
    }

    private enum Step {
        MOVED,
        AT_END,
        FAILED,
        STOPPED
    }

    private static Step step(LogFollower<?> follower, boolean first) {
        try {
            return follower.step() ? Step.MOVED : Step.AT_END;
        } catch (WaybillException e) {
            if (e.code() == ErrorCode.INTERNAL) {
                return stopped(follower, e);
            }
            // The store may have been opened again, and hold less than was written.
            follower.beginAgain();
            if (first) {
                LOG.warn(
                        "the projection {} waits for the store, and tries again until it answers: {}",
                        follower.name(),
                        Reason.of(e));
            }
            return Step.FAILED;
        } catch (UnknownEventException | RuntimeException | Error e) {
            return stopped(follower, e);
        }
    }

    private static Step stopped(LogFollower<?> follower, Throwable why) {
        String sentence = "projection %s stopped: %s".formatted(follower.name(), Reason.of(why));
        LOG.error(
                "the {}; what it shows stays as it is until the database is started anew",
                sentence,
                why);
        follower.stop(sentence);
        return Step.STOPPED;
    }

    /** Stops after the page at hand, within five seconds. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                LOG.warn(
                        "the projections of {} did not end within 5 s; they go on at their"
                                + " checkpoints when the database starts again",
                        name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(follower -> follower.stop("the database is stopping"));
    }
}
