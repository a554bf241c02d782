package io.waybill.database.tail;

import io.waybill.database.engine.PageLimit;
import io.waybill.proto.eventstore.v1.Commit;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The last commits, without a gap: at most 4,096, of at most 4 MB together. Guarded by its own
 * lock.
 */
final class RecentCommits {

    private static final int MOST_COMMITS = 4096;
    private static final long MOST_BYTES = 4L << 20;

    private final @Nullable Commit[] ring = new Commit[MOST_COMMITS];
    private long first = 1;
    private long last;
    private long bytes;

    synchronized void add(List<Commit> commits) {
        for (Commit commit : commits) {
            add(commit);
        }
    }

    /** The commits after a position; empty when the first of them is not here. */
    synchronized List<Commit> after(long position, PageLimit limit) {
        List<Commit> page = new ArrayList<>();
        if (position + 1 < first) {
            return page;
        }
        int size = 0;
        for (long next = position + 1;
                next <= last && page.size() < limit.commits() && size < limit.bytes();
                next++) {
            Commit commit = ring[slot(next)];
            if (commit == null) {
                break;
            }
            page.add(commit);
            size += commit.getSerializedSize();
        }
        return page;
    }

    private void add(Commit commit) {
        long position = commit.getPosition();
        if (position != last + 1) {
            while (first <= last) {
                dropFirst();
            }
            first = position;
        }
        while (first <= last
                && (last - first + 1 == MOST_COMMITS
                        || bytes + commit.getSerializedSize() > MOST_BYTES)) {
            dropFirst();
        }
        last = position;
        ring[slot(position)] = commit;
        bytes += commit.getSerializedSize();
    }

    private void dropFirst() {
        Commit dropped = ring[slot(first)];
        ring[slot(first)] = null;
        if (dropped != null) {
            bytes -= dropped.getSerializedSize();
        }
        first++;
    }

    private static int slot(long position) {
        return (int) (position % MOST_COMMITS);
    }
}
