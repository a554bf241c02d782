package io.waybill.database.engine.memory;

import com.google.protobuf.util.Timestamps;

import io.waybill.database.engine.DueTimers;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.Timer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The timers that stand. Guarded by the log's lock. */
final class MemoryTimers {

    private record Name(String stream, String timer) {}

    private final Map<Name, DueTimer> byName = new HashMap<>();
    private final NavigableSet<DueTimer> byTime =
            new TreeSet<>(
                    Comparator.comparing(
                                    (DueTimer timer) -> timer.getTimer().getDue(),
                                    Timestamps.comparator())
                            .thenComparing(DueTimer::getStream)
                            .thenComparing(timer -> timer.getTimer().getName()));

    /** Follows a commit. */
    void add(Commit commit) {
        commit.getTimersClearedList().forEach(name -> clear(commit.getStream(), name));
        for (Timer timer : commit.getTimersSetList()) {
            clear(commit.getStream(), timer.getName());
            DueTimer set =
                    DueTimer.newBuilder()
                            .setStream(commit.getStream())
                            .setTimer(timer)
                            .setPosition(commit.getPosition())
                            .build();
            byName.put(new Name(set.getStream(), timer.getName()), set);
            byTime.add(set);
        }
    }

    private void clear(String stream, String name) {
        DueTimer cleared = byName.remove(new Name(stream, name));
        if (cleared != null) {
            byTime.remove(cleared);
        }
    }

    DueTimers due(Optional<DueTimer> after, Instant until, int limit) {
        List<DueTimer> due = new ArrayList<>();
        for (DueTimer timer : after.map(place -> byTime.tailSet(place, false)).orElse(byTime)) {
            Instant at = due(timer);
            if (due.size() == limit || at.isAfter(until)) {
                return new DueTimers(due, Optional.of(at));
            }
            due.add(timer);
        }
        return new DueTimers(due, Optional.empty());
    }

    private static Instant due(DueTimer timer) {
        return Instant.ofEpochSecond(
                timer.getTimer().getDue().getSeconds(), timer.getTimer().getDue().getNanos());
    }
}
