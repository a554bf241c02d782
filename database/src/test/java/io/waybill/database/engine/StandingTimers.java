package io.waybill.database.engine;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.Timer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What timers are to be: a fold over the log. */
public final class StandingTimers {

    private StandingTimers() {}

    /** The timers that commits leave, one after the other; in no order. */
    public static List<DueTimer> after(List<Commit> commits) {
        Map<List<String>, DueTimer> standing = new HashMap<>();
        for (Commit commit : commits) {
            String stream = commit.getStream();
            commit.getTimersClearedList().forEach(name -> standing.remove(List.of(stream, name)));
            for (Timer set : commit.getTimersSetList()) {
                standing.put(
                        List.of(stream, set.getName()),
                        DueTimer.newBuilder()
                                .setStream(stream)
                                .setTimer(set)
                                .setPosition(commit.getPosition())
                                .build());
            }
        }
        return List.copyOf(standing.values());
    }
}
