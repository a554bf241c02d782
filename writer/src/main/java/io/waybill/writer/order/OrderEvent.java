package io.waybill.writer.order;

import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.saga.Step;
import io.waybill.writer.saga.Terms;

import java.time.Instant;

/** What happened to an order. */
public sealed interface OrderEvent {

    String id();

    Instant at();

    /** The first step is asked with it. */
    record Created(Terms terms, Instant at) implements OrderEvent {

        @Override
        public String id() {
            return terms.orderId();
        }
    }

    /** A participant did a step; the next one is asked with it. */
    record StepDone(String id, Step step, Instant at) implements OrderEvent {}

    /** The restaurant lets a person decide, until the deadline. */
    record ReviewRequested(String id, Instant deadline, Instant at) implements OrderEvent {}

    /** The pivot: the restaurant takes the order. The first step after it is asked with it. */
    record ReviewApproved(String id, boolean byPerson, Instant at) implements OrderEvent {}

    /**
     * A person of the restaurant said no: undoing begins.
     *
     * @param reason for the customer; may be empty
     */
    record ReviewDeclined(String id, String reason, Instant at) implements OrderEvent {}

    /** The customer took the order back in time: undoing begins. */
    record CancelRequested(String id, Instant at) implements OrderEvent {}

    /**
     * A step was refused, or its deadline passed ({@code TIMED_OUT}): undoing begins.
     *
     * @param field what of the order is at fault, by its path; empty when nothing of it is
     */
    record StepRefused(
            String id, Step step, RefusalCode code, String message, String field, Instant at)
            implements OrderEvent {

        StepRefused(String id, Step step, RefusalCode code, String message, Instant at) {
            this(id, step, code, message, "", at);
        }
    }

    /**
     * A step after the pivot, or an undo, came to nothing: it is tried again.
     *
     * @param attempt the one that failed
     */
    record StepFailed(
            String id,
            Step step,
            boolean undo,
            int attempt,
            RefusalCode code,
            String message,
            Instant at)
            implements OrderEvent {}

    /** A participant took a step back; the next one to undo is asked with it. */
    record StepUndone(String id, Step step, Instant at) implements OrderEvent {}

    /** All steps are done: the kitchen works. */
    record Approved(String id, Instant at) implements OrderEvent {}

    /** The kitchen is done. */
    record Ready(String id, Instant at) implements OrderEvent {}

    /** It was picked up. */
    record Collected(String id, Instant at) implements OrderEvent {}

    /** Everything is undone, because a step could not be done. */
    record Rejected(String id, Ending.Rejection why, Instant at) implements OrderEvent {}

    /** Everything is undone, because the customer wanted it. */
    record Cancelled(String id, Instant at) implements OrderEvent {}
}
