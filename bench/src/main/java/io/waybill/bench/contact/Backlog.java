package io.waybill.bench.contact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far application lies behind acceptance, seen through samples: when a sampled command becomes
 * readable, all accepted before it are taken to be applied, and all accepted since are the backlog.
 * Not thread-safe.
 */
final class Backlog {

    private record Seen(long at, int applied, int accepted, boolean underLoad) {
        int behind() {
            return accepted - applied;
        }
    }

    private final Map<Integer, Integer> rankOf = new HashMap<>();
    private final List<Seen> seen = new ArrayList<>();

    /** A sampled command was the so-manieth to be accepted. */
    void accepted(int number, int rank) {
        rankOf.put(number, rank);
    }

    /** It became readable, when so many had been accepted; while more were being sent, or after. */
    void readable(int number, int acceptedByNow, boolean underLoad, long now) {
        Integer rank = rankOf.remove(number);
        if (rank != null) {
            seen.add(new Seen(now, rank, acceptedByNow, underLoad));
        }
    }

    /** Commands applied a second, between the first sample and the last. */
    double appliedPerSecond() {
        if (seen.size() < 2) {
            return 0;
        }
        Seen first = seen.getFirst();
        Seen last = seen.getLast();
        return (last.applied() - first.applied()) * 1e9 / Math.max(1, last.at() - first.at());
    }

    /** The mean backlog under load in one of three equal parts of the samples, 0 to 2. */
    double mean(int third) {
        List<Seen> underLoad = seen.stream().filter(Seen::underLoad).toList();
        int from = underLoad.size() * third / 3;
        int to = underLoad.size() * (third + 1) / 3;
        return underLoad.subList(from, to).stream().mapToInt(Seen::behind).average().orElse(0);
    }

    /**
     * Whether it grew: its last third is more than a fifth above its middle third, and more than a
     * quarter of a second's work.
     */
    boolean grew() {
        return mean(2) > mean(1) * 1.2 && mean(2) - mean(1) > appliedPerSecond() / 4;
    }
}
