package io.waybill.database.tail;

import io.waybill.database.engine.EventLog;
import io.waybill.database.engine.PageLimit;
import io.waybill.proto.eventstore.v1.Commit;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The log for those who follow it. Safe for use by many threads; {@link #appended} is called by the
 * one that appends.
 */
public final class LogTail {

    private final EventLog log;
    private final RecentCommits recent = new RecentCommits();
    private final Set<Runnable> followers = ConcurrentHashMap.newKeySet();

    public LogTail(EventLog log) {
        this.log = log;
    }

    /** The position of the last durable commit. */
    public long end() {
        return log.end();
    }

    /**
     * The commits after a position: empty when there are none yet, else at least one, without a
     * gap.
     */
    public List<Commit> read(long afterPosition, PageLimit limit) {
        List<Commit> fromMemory = recent.after(afterPosition, limit);
        return fromMemory.isEmpty() ? log.read(afterPosition, limit) : fromMemory;
    }

    /**
     * Calls back after each append, until the registration is closed. The callback comes on the
     * thread that appends: it must do no more than wake another.
     */
    public Registration follow(Runnable wake) {
        // An object of its own, even when the same callback is registered twice.
        @SuppressWarnings("UnnecessaryMethodReference")
        Runnable own = wake::run;
        followers.add(own);
        return () -> followers.remove(own);
    }

    /**
     * Says that commits have become durable, in order of position; also to be called after an
     * append that failed, with none: it may have been written all the same.
     */
    public void appended(List<Commit> commits) {
        recent.add(commits);
        followers.forEach(Runnable::run);
    }

    /** Ends following. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
