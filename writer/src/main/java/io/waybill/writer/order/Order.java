package io.waybill.writer.order;

import io.waybill.writer.saga.Kind;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Step;
import io.waybill.writer.saga.Terms;

import java.time.Instant;
import java.util.List;

/** An order, in one of its phases. */
public sealed interface Order {

    /** Nobody created it. */
    record Absent() implements Order {}

    /** It was created. */
    sealed interface Present extends Order {

        String id();

        /** When it last changed. */
        Instant changed();

        OrderStatus status();
    }

    /** It can still come to nothing. */
    sealed interface BeforePivot extends Present {

        Terms terms();

        /** The step that is not done yet. */
        Step step();

        @Override
        default String id() {
            return terms().orderId();
        }

        @Override
        default OrderStatus status() {
            return OrderStatus.PENDING;
        }
    }

    /** Its restaurant took it: it is carried out whatever comes. */
    sealed interface AfterReview extends Present {}

    /** Its saga asked somebody for a step, in the forward direction. */
    sealed interface Stepping extends Present {

        Terms terms();

        Outstanding outstanding();
    }

    /** It is over, and came to nothing. */
    sealed interface Closed extends Present {}

    /** A step up to the restaurant's review is asked; all before it are done. */
    record Preparing(Terms terms, Outstanding outstanding, Instant changed)
            implements BeforePivot, Stepping {

        public Preparing {
            require(!outstanding.undo() && outstanding.step().kind() != Kind.RETRIABLE);
        }

        @Override
        public Step step() {
            return outstanding.step();
        }
    }

    /** A person of the restaurant may decide until the deadline. */
    record UnderReview(Terms terms, Instant deadline, Instant changed) implements BeforePivot {

        @Override
        public Step step() {
            return Step.REVIEW;
        }
    }

    /**
     * What was done is being undone.
     *
     * @param left the steps still to be undone, the next one first; empty only within the decision
     *     that ends the order
     * @param attempt at the next one
     * @param since when the next one was first asked
     */
    record Undoing(
            Terms terms,
            Ending ending,
            List<Step> left,
            int attempt,
            Instant since,
            Instant changed)
            implements Present {

        public Undoing {
            left = List.copyOf(left);
            require(left.stream().allMatch(Step::isUndoable));
        }

        @Override
        public String id() {
            return terms.orderId();
        }

        @Override
        public OrderStatus status() {
            return OrderStatus.PENDING;
        }
    }

    /** A step after the review is asked; all before it are done. */
    record Fulfilling(Terms terms, Outstanding outstanding, Instant changed)
            implements AfterReview, Stepping {

        public Fulfilling {
            require(!outstanding.undo() && outstanding.step().kind() == Kind.RETRIABLE);
        }

        @Override
        public String id() {
            return terms.orderId();
        }

        @Override
        public OrderStatus status() {
            return OrderStatus.PENDING;
        }
    }

    /** The kitchen works. */
    record Approved(String id, Instant changed) implements AfterReview {

        @Override
        public OrderStatus status() {
            return OrderStatus.APPROVED;
        }
    }

    /** It waits to be picked up. */
    record Ready(String id, Instant changed) implements AfterReview {

        @Override
        public OrderStatus status() {
            return OrderStatus.READY;
        }
    }

    /** It was picked up. */
    record Collected(String id, Instant changed) implements AfterReview {

        @Override
        public OrderStatus status() {
            return OrderStatus.COLLECTED;
        }
    }

    /** It could not be done, and everything is undone. */
    record Rejected(String id, Ending.Rejection why, Instant changed) implements Closed {

        @Override
        public OrderStatus status() {
            return OrderStatus.REJECTED;
        }
    }

    /** It was taken back, and everything is undone. */
    record Cancelled(String id, Instant changed) implements Closed {

        @Override
        public OrderStatus status() {
            return OrderStatus.CANCELLED;
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("an order has no such phase");
        }
    }
}
