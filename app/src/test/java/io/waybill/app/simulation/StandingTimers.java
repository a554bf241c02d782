package io.waybill.app.simulation;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.Timer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which timers stand, as it follows from the commits alone. */
final class StandingTimers {

    private final Map<String, Set<String>> names = new HashMap<>();

    void take(Commit commit) {
        Set<String> own = names.computeIfAbsent(commit.getStream(), stream -> new HashSet<>());
        own.removeAll(commit.getTimersClearedList());
        commit.getTimersSetList().stream().map(Timer::getName).forEach(own::add);
    }

    Set<String> of(String stream) {
        return names.getOrDefault(stream, Set.of());
    }
}
