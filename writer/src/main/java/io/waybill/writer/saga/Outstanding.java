package io.waybill.writer.saga;

import java.time.Duration;
import java.time.Instant;

/**
 * What a saga waits for now: one answer of one participant.
 *
 * @param undo whether the step is being taken back
 * @param attempt from 1; it rises only after a recorded outcome other than applied
 * @param since when it was first asked, whatever the attempt
 */
public record Outstanding(Step step, boolean undo, int attempt, Instant since) {

    /** The attempt that everything begins with, and the only one of a step before the pivot. */
    public static final int FIRST_ATTEMPT = 1;

    /** A step is asked for the first time. */
    public static Outstanding of(Step step, Instant since) {
        return new Outstanding(step, false, FIRST_ATTEMPT, since);
    }

    /** A step is taken back for the first time. */
    public static Outstanding undoing(Step step, Instant since) {
        return new Outstanding(step, true, FIRST_ATTEMPT, since);
    }

    /** The next attempt at the same. */
    public Outstanding again() {
        return new Outstanding(step, undo, attempt + 1, since);
    }

    /** Whether it is tried until it is done; otherwise a refusal undoes what was done before. */
    public boolean isTriedUntilDone() {
        return undo || step.kind() == Kind.RETRIABLE;
    }

    /** Whether both are the same errand, whatever the attempt. */
    public boolean sameErrand(Outstanding other) {
        return step == other.step && undo == other.undo;
    }

    /** When it is late. */
    public Instant deadline(Duration allowed) {
        return since.plus(allowed);
    }
}
