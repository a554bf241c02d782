package io.waybill.database.projection;

import com.google.protobuf.Message;

import io.waybill.database.engine.PageLimit;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.tail.LogTail;
import io.waybill.proto.eventstore.v1.Commit;

import java.time.Duration;
import java.util.List;

/**
 * One projection's way along the log, page by page. What it reads of the store and what it writes
 * fit together: it begins again where the store is whenever that is not where it should be, because
 * the store failed, was opened again and has lost what was not synced. For one thread.
 */
final class LogFollower<V extends Message> {

    private static final PageLimit PAGE = new PageLimit(1_000, 1 << 20);
    // Read again in well under a second when the database starts.
    private static final long MOST_WITHOUT_CHECKPOINT = 10_000;
    private static final long MOST_WITHOUT_LOOK = Duration.ofMillis(100).toNanos();

    private final Projection<V> projection;
    private final Progress progress;
    private final LogTail tail;
    private final ReadStore store;
    private boolean begun;
    private long position;
    private long checkpoint;
    private long looked;

    LogFollower(ReadModel<V> model, LogTail tail, ReadStore store) {
        this.projection = model.projection();
        this.progress = model.progress();
        this.tail = tail;
        this.store = store;
    }

    String name() {
        return projection.name();
    }

    /** Says that it will not go on. */
    void stop(String sentence) {
        progress.stop(sentence);
    }

    /** Begins where the store is, with the next step: it may hold less than was written. */
    void beginAgain() {
        begun = false;
    }

    /**
     * Applies the next page of the log.
     *
     * @return whether there was one, or anything else to do
     * @throws UnknownEventException when it cannot go on; what comes before is written
     */
    boolean step() throws UnknownEventException {
        if (!begun) {
            begin();
        }
        List<Commit> page = tail.read(position, PAGE);
        if (page.isEmpty()) {
            begun = !hasForgotten();
            return !begun;
        }
        apply(page);
        return true;
    }

    private void begin() {
        checkpoint = store.checkpoint(projection.table());
        looked = System.nanoTime();
        position = checkpoint;
        begun = true;
        progress.advance(position, List.of());
    }

    private void apply(List<Commit> page) throws UnknownEventException {
        Rows<V> rows = Rows.on(store, projection);
        long applied = position;
        for (Commit commit : page) {
            try {
                apply(commit, applied, rows);
            } catch (UnknownEventException e) {
                // The rows may hold half of this commit: those before it are applied once more.
                write(rowsUpTo(page, applied).changes(), applied);
                throw e;
            }
            applied = commit.getPosition();
        }
        write(rows.changes(), applied);
    }

    private Rows<V> rowsUpTo(List<Commit> page, long last) throws UnknownEventException {
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

    private void write(List<RowChange> changes, long to) {
        if (to == position) {
            return;
        }
        // Commits that change nothing may be read once more: they need no checkpoint each, and no
        // look at the store.
        boolean writes = !changes.isEmpty() || to - checkpoint >= MOST_WITHOUT_CHECKPOINT;
        boolean looks = writes || System.nanoTime() - looked >= MOST_WITHOUT_LOOK;
        if (looks && hasForgotten()) {
            begun = false;
            return;
        }
        if (writes) {
            store.apply(projection.table(), changes, to);
            checkpoint = to;
        }
        position = to;
        progress.advance(to, changes);
    }

    /** The store failed and was opened again since: what was not synced is gone. */
    private boolean hasForgotten() {
        looked = System.nanoTime();
        return store.checkpoint(projection.table()) != checkpoint;
    }
}
