package io.waybill.gateway.event;

import java.util.HashMap;
import java.util.Map;

/** The last sequence heard, by partition of one aggregate. For one thread. */
final class HeardSequences {

    private final Map<Integer, Long> last = new HashMap<>();

    /** Forgets all: the next of each partition is the first. */
    void clear() {
        last.clear();
    }

    /**
     * Takes the sequence of an event.
     *
     * @return whether events before it were missed
     */
    boolean missedBefore(int partition, long sequence) {
        Long before = last.put(partition, sequence);
        return before != null && sequence > before + 1;
    }

    /**
     * Takes what is the latest sequence, as it is retained.
     *
     * @return whether events up to it were missed
     */
    boolean missedUpTo(int partition, long sequence) {
        Long before = last.get(partition);
        if (before == null || sequence > before) {
            last.put(partition, sequence);
        }
        return before != null && sequence > before;
    }
}
