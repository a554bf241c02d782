package io.waybill.gateway.outbox;

import org.jspecify.annotations.Nullable;

/**
 * The undecided commands of one stream, in the order accepted. Belongs to the outbox's loop; any
 * thread may look at the first.
 */
final class Chain {

    final String stream;
    private volatile @Nullable Entry head;
    private @Nullable Entry tail;

    /** The lowest sequence that the broker refused: what comes after it waits for it. */
    long heldFrom = Long.MAX_VALUE;

    Chain(String stream) {
        this.stream = stream;
    }

    @Nullable Entry head() {
        return head;
    }

    boolean isEmpty() {
        return head == null;
    }

    void append(Entry entry) {
        entry.before = tail;
        if (tail == null) {
            head = entry;
        } else {
            tail.after = entry;
        }
        tail = entry;
    }

    void unlink(Entry entry) {
        if (entry.before == null) {
            head = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after == null) {
            tail = entry.before;
        } else {
            entry.after.before = entry.before;
        }
        entry.before = null;
        entry.after = null;
    }
}
