package io.waybill.database.projection;

import com.google.protobuf.Message;

import io.waybill.database.engine.PageLimit;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.tail.LogTail;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.time.Backoff;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings one projection up to the end of the log and keeps it there. Owns one thread, which sleeps
 * until the next commit when there is nothing to do. While the store cannot be reached it tries
 * again with a backoff; what the projection does not understand stops it for good, after everything
 * before was written.
 */
public final class ProjectionRunner<V extends Message> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);
    private static final PageLimit PAGE = new PageLimit(1_000, 1 << 20);
    // Read again in well under a second when the database starts.
    private static final long MOST_WITHOUT_CHECKPOINT = 10_000;
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final Projection<V> projection;
    private final LogTail tail;
    private final ReadStore store;
    private final Progress progress;
    private final Thread thread;
    // Of the store; used by the thread alone.
    private long checkpoint;
    private volatile boolean closed;

    /** Prepares; {@link #start()} begins. */
    public ProjectionRunner(
            Projection<V> projection, LogTail tail, ReadStore store, Progress progress) {
        this.projection = projection;
        this.tail = tail;
        this.store = store;
        this.progress = progress;
        this.thread =
                Thread.ofPlatform()
                        .name("projection-" + projection.name())
                        .daemon()
                        .unstarted(this::run);
    }

    /** Begins at the checkpoint. */
    public void start() {
        thread.start();
    }

    private void run() {
        try (var _ = tail.follow(() -> LockSupport.unpark(thread))) {
            long position = -1;
            int failures = 0;
            while (!closed) {
                try {
                    position = position < 0 ? begin() : goOn(position);
                    failures = 0;
                } catch (WaybillException e) {
                    if (e.code() == ErrorCode.INTERNAL) {
                        throw e;
                    }
                    // The store may have been opened again, and hold less than was written.
                    position = -1;
                    failures++;
                    if (failures == 1) {
                        LOG.warn(
                                "the projection {} waits for the store, and tries again until it answers: {}",
                                projection.name(),
                                Reason.of(e));
                    }
                    LockSupport.parkNanos(
                            BACKOFF.after(failures, ThreadLocalRandom.current()).toNanos());
                }
            }
        } catch (UnknownEventException | RuntimeException | Error e) {
            String sentence =
                    "projection %s stopped: %s".formatted(projection.name(), Reason.of(e));
            LOG.error(
                    "the {}; what it shows stays as it is until the database is started anew",
                    sentence,
                    e);
            progress.stop(sentence);
        }
    }

    private long begin() {
        checkpoint = store.checkpoint(projection.table());
        progress.advance(checkpoint, List.of());
        return checkpoint;
    }

    /** Applies the next page of the log, or waits for one; the position it has got to. */
    private long goOn(long position) throws UnknownEventException {
        if (store.checkpoint(projection.table()) != checkpoint) {
            // The store failed and was opened again since: what was not synced is gone.
            return begin();
        }
        List<Commit> page = tail.read(position, PAGE);
        if (page.isEmpty()) {
            LockSupport.park(this);
            return position;
        }
        Rows<V> rows = Rows.on(store, projection);
        long applied = position;
        for (Commit commit : page) {
            try {
                apply(commit, applied, rows);
            } catch (UnknownEventException e) {
                // The rows may hold half of this commit: those before it are applied once more.
                write(rowsAfter(page, applied), position, applied);
                throw e;
            }
            applied = commit.getPosition();
        }
        write(rows, position, applied);
        return applied;
    }

    private Rows<V> rowsAfter(List<Commit> page, long last) throws UnknownEventException {
        Rows<V> rows = Rows.on(store, projection);
        for (Commit commit : page) {
            if (commit.getPosition() <= last) {
                projection.apply(commit, rows);
            }
        }
        return rows;
    }

    private void apply(Commit commit, long after, Rows<V> rows) throws UnknownEventException {
        if (commit.getPosition() != after + 1) {
            throw new IllegalStateException(
                    "the log goes from position %d to %d".formatted(after, commit.getPosition()));
        }
        projection.apply(commit, rows);
    }

    private void write(Rows<V> rows, long from, long to) {
        if (to > from) {
            List<RowChange> changes = rows.changes();
            // Commits that change nothing may be read once more: they need no checkpoint each.
            if (!changes.isEmpty() || to - checkpoint >= MOST_WITHOUT_CHECKPOINT) {
                store.apply(projection.table(), changes, to);
                checkpoint = to;
            }
            progress.advance(to, changes);
        }
    }

    /** Stops after the page at hand, within five seconds. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                LOG.warn(
                        "the projection {} did not end within 5 s; it goes on at its checkpoint when the database starts again",
                        projection.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        progress.stop("the database is stopping");
    }
}
