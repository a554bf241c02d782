package io.waybill.bench.load;

import java.util.ArrayList;
import java.util.List;

/**
 * How far what is done lies behind what was accepted, seen through samples: so many of those
 * accepted were done when so many had been accepted. Not thread-safe.
 */
public final class Backlog {

    private record Seen(long at, int done, int accepted, boolean underLoad) {
        int behind() {
            return accepted - done;
        }
    }

    private final List<Seen> seen = new ArrayList<>();

    /** So many were done, when so many had been accepted; while more were being sent, or after. */
    public void sample(int done, int accepted, boolean underLoad, long now) {
        seen.add(new Seen(now, done, accepted, underLoad));
    }

    /** How many were done a second, between the first sample and the last. */
    public double donePerSecond() {
        if (seen.size() < 2) {
            return 0;
        }
        Seen first = seen.getFirst();
        Seen last = seen.getLast();
        return (last.done() - first.done()) * 1e9 / Math.max(1, last.at() - first.at());
    }

    /** The mean backlog under load in one of three equal parts of the samples, 0 to 2. */
    public double mean(int third) {
        List<Seen> underLoad = seen.stream().filter(Seen::underLoad).toList();
        int from = underLoad.size() * third / 3;
        int to = underLoad.size() * (third + 1) / 3;
        return underLoad.subList(from, to).stream().mapToInt(Seen::behind).average().orElse(0);
    }

    /**
     * Whether it grew: its last third is more than a fifth above its middle third, and more than a
     * quarter of a second's work.
     */
    public boolean grew() {
        return mean(2) > mean(1) * 1.2 && mean(2) - mean(1) > donePerSecond() / 4;
    }
}
