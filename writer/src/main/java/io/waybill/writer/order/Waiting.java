package io.waybill.writer.order;

import io.waybill.writer.order.Order.Absent;
import io.waybill.writer.order.Order.AfterReview;
import io.waybill.writer.order.Order.Closed;
import io.waybill.writer.order.Order.Fulfilling;
import io.waybill.writer.order.Order.Preparing;
import io.waybill.writer.order.Order.UnderReview;
import io.waybill.writer.order.Order.Undoing;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Terms;

import java.time.Instant;

/** What an order's saga waits for now: a function of the order's state and of nothing else. */
public sealed interface Waiting {

    /** A participant is to answer. */
    record ForAnswer(Terms terms, Outstanding outstanding) implements Waiting {}

    /** A person of the restaurant is to decide. */
    record ForPerson(Instant deadline) implements Waiting {}

    /** Nothing: the saga is over, or there is none. */
    record ForNothing() implements Waiting {}

    /** What it waits for. */
    static Waiting of(Order order) {
        return switch (order) {
            case Preparing preparing -> new ForAnswer(preparing.terms(), preparing.outstanding());
            case UnderReview review -> new ForPerson(review.deadline());
            case Fulfilling fulfilling ->
                    new ForAnswer(fulfilling.terms(), fulfilling.outstanding());
            case Undoing undoing -> of(undoing);
            case Absent absent -> new ForNothing();
            case AfterReview done -> new ForNothing();
            case Closed closed -> new ForNothing();
        };
    }

    private static Waiting of(Undoing undoing) {
        return undoing.left().isEmpty()
                ? new ForNothing()
                : new ForAnswer(
                        undoing.terms(),
                        new Outstanding(
                                undoing.left().getFirst(),
                                true,
                                undoing.attempt(),
                                undoing.since()));
    }
}
