package io.waybill.writer.saga;

import java.time.Instant;

/** What a decision does to the one wake-up of its saga. */
public sealed interface WakeUp {

    /** The wake-up that stands, if one does, stays as it is. */
    record Unchanged() implements WakeUp {}

    /** There is none any more. */
    record Never() implements WakeUp {}

    /**
     * There is this one from now on.
     *
     * @param tries how often what is outstanding was sent by then
     * @param deadline when what is outstanding is late
     */
    record At(Instant due, int tries, Instant deadline) implements WakeUp {}
}
