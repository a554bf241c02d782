package io.waybill.writer.decide;

import io.waybill.proto.eventstore.v1.Timer;

import java.util.List;

/**
 * What a commit does to the timers of its stream.
 *
 * @param set from now on; each replaces the one of the same name
 * @param cleared names of those that are no more
 */
public record TimerChanges(List<Timer> set, List<String> cleared) {

    /** All stay as they are. */
    public static final TimerChanges NONE = new TimerChanges(List.of(), List.of());
}
