package io.waybill.database.engine;

import com.google.protobuf.util.Timestamps;

import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Timer;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the timers of a commit must be to be stored in any engine. */
final class TimerRules {

    private static final int MOST_TIMERS = 1_100;

    private TimerRules() {}

    /** Why the timers of a commit cannot be stored; empty when they can, or there are none. */
    static Optional<String> violationOf(ProposedCommit commit) {
        int timers = commit.getTimersSetCount() + commit.getTimersClearedCount();
        if (timers > MOST_TIMERS) {
            return Optional.of(
                    "timers_set and timers_cleared must be at most %d together"
                            .formatted(MOST_TIMERS));
        }
        Set<String> set = new HashSet<>();
        for (Timer timer : commit.getTimersSetList()) {
            if (CommitRules.isNoKey(timer.getName())) {
                return Optional.of(
                        "timers_set.name must be 1 to 200 characters, none of them control"
                                + " characters");
            }
            if (!timer.hasDue() || !Timestamps.isValid(timer.getDue())) {
                return Optional.of("timers_set.due must be given, from the years 1 to 9999");
            }
            if (timer.hasDeadline() && !Timestamps.isValid(timer.getDeadline())) {
                return Optional.of("timers_set.deadline must be from the years 1 to 9999");
            }
            if (!set.add(timer.getName())) {
                return Optional.of("timers_set must not name the same timer twice");
            }
        }
        return commit.getTimersClearedList().stream().anyMatch(CommitRules::isNoKey)
                ? Optional.of("timers_cleared must be names of timers")
                : Optional.empty();
    }
}
