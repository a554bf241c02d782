package io.waybill.gateway.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Sequences to be taken off the disk, in time: one removal under way, and what comes meanwhile
 * shares the next. Belongs to the loop.
 */
final class Removals {

    private List<Long> sequences = new ArrayList<>();
    private boolean removing;

    void add(long sequence) {
        sequences.add(sequence);
    }

    /** Forgets those so far: the disk was read, and holds these to be removed. */
    void startOver(Collection<Long> found) {
        sequences = new ArrayList<>(found);
    }

    boolean isQuiet() {
        return !removing && sequences.isEmpty();
    }

    /** Begins the next removal, unless one is under way. */
    void flush(Disk disk) {
        if (removing || sequences.isEmpty()) {
            return;
        }
        List<Long> batch = sequences;
        sequences = new ArrayList<>();
        removing = true;
        disk.remove(batch, () -> removing = false);
    }
}
