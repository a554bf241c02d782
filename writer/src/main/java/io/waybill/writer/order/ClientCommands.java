package io.waybill.writer.order;

import static io.waybill.writer.domain.Decision.accept;
import static io.waybill.writer.domain.Decision.nothing;
import static io.waybill.writer.domain.Decision.refuse;
import static io.waybill.writer.domain.Decision.refuseField;
import static io.waybill.writer.domain.RefusalCode.ILLEGAL_STATE;
import static io.waybill.writer.domain.RefusalCode.NOT_FOUND;
import static io.waybill.writer.domain.RefusalCode.TOO_LATE;

import io.waybill.writer.domain.Decision;
import io.waybill.writer.order.Ending.Cancellation;
import io.waybill.writer.order.Ending.Rejection;
import io.waybill.writer.order.Order.Absent;
import io.waybill.writer.order.Order.AfterReview;
import io.waybill.writer.order.Order.BeforePivot;
import io.waybill.writer.order.Order.Cancelled;
import io.waybill.writer.order.Order.Closed;
import io.waybill.writer.order.Order.Collected;
import io.waybill.writer.order.Order.Preparing;
import io.waybill.writer.order.Order.Present;
import io.waybill.writer.order.Order.Ready;
import io.waybill.writer.order.Order.Rejected;
import io.waybill.writer.order.Order.UnderReview;
import io.waybill.writer.order.Order.Undoing;
import io.waybill.writer.order.OrderCommand.Approve;
import io.waybill.writer.order.OrderCommand.Cancel;
import io.waybill.writer.order.OrderCommand.Collect;
import io.waybill.writer.order.OrderCommand.Create;
import io.waybill.writer.order.OrderCommand.Decline;
import io.waybill.writer.order.OrderEvent.CancelRequested;
import io.waybill.writer.order.OrderEvent.ReviewApproved;
import io.waybill.writer.order.OrderEvent.ReviewDeclined;

import java.time.Instant;

/**
 * What clients may do to an order in each of its phases; {@code docs/orders.md} has the same as a
 * table.
 */
final class ClientCommands {

    private ClientCommands() {}

    /** A new order's id follows from its identity: one that is there is this very one, repeated. */
    static Decision<OrderEvent> create(Create create, Order order, Instant at) {
        return switch (order) {
            case Absent absent -> NewOrder.of(create, at);
            case Present present -> nothing();
        };
    }

    static Decision<OrderEvent> cancel(Cancel cancel, Order order, Instant at) {
        return switch (order) {
            case BeforePivot before -> accept(new CancelRequested(before.id(), at));
            case AfterReview after ->
                    refuse(
                            TOO_LATE,
                            "order %s cannot be cancelled any more: the restaurant took it",
                            after.id());
            case Undoing undoing ->
                    switch (undoing.ending()) {
                        case Cancellation cancellation -> nothing();
                        case Rejection rejection -> refuseUndoing(undoing);
                    };
            case Cancelled cancelled -> nothing();
            case Rejected rejected -> refuseStatus(rejected);
            case Absent absent -> notFound(cancel);
        };
    }

    static Decision<OrderEvent> approve(Approve approve, Order order, Instant at) {
        return switch (order) {
            case UnderReview review -> accept(new ReviewApproved(review.id(), true, at));
            case AfterReview after -> nothing();
            case Preparing preparing -> refuseNotAsked(preparing);
            case Undoing undoing -> refuseUndoing(undoing);
            case Closed closed -> refuseStatus(closed);
            case Absent absent -> notFound(approve);
        };
    }

    static Decision<OrderEvent> decline(Decline decline, Order order, Instant at) {
        return switch (order) {
            case UnderReview review ->
                    accept(new ReviewDeclined(review.id(), decline.reason(), at));
            case AfterReview after ->
                    refuse(
                            ILLEGAL_STATE,
                            "order %s cannot be declined any more: the restaurant took it",
                            after.id());
            case Preparing preparing -> refuseNotAsked(preparing);
            case Undoing undoing ->
                    isDeclined(undoing.ending()) ? nothing() : refuseUndoing(undoing);
            case Rejected rejected ->
                    rejected.why().isDeclined() ? nothing() : refuseStatus(rejected);
            case Cancelled cancelled -> refuseStatus(cancelled);
            case Absent absent -> notFound(decline);
        };
    }

    static Decision<OrderEvent> collect(Collect collect, Order order, Instant at) {
        return switch (order) {
            case Ready ready -> accept(new OrderEvent.Collected(ready.id(), at));
            case Collected collected -> nothing();
            case Present present ->
                    refuse(
                            ILLEGAL_STATE,
                            "order %s is %s; only what is READY can be collected",
                            present.id(),
                            present.status());
            case Absent absent -> notFound(collect);
        };
    }

    private static boolean isDeclined(Ending ending) {
        return switch (ending) {
            case Rejection rejection -> rejection.isDeclined();
            case Cancellation cancellation -> false;
        };
    }

    private static Decision<OrderEvent> refuseNotAsked(Preparing order) {
        return refuse(
                ILLEGAL_STATE,
                "order %s is not under review: its step %s is not done yet",
                order.id(),
                order.step());
    }

    private static Decision<OrderEvent> refuseUndoing(Undoing order) {
        return refuse(
                ILLEGAL_STATE,
                "order %s is being undone and will be %s",
                order.id(),
                switch (order.ending()) {
                    case Rejection rejection -> OrderStatus.REJECTED;
                    case Cancellation cancellation -> OrderStatus.CANCELLED;
                });
    }

    private static Decision<OrderEvent> refuseStatus(Present order) {
        return refuse(ILLEGAL_STATE, "order %s is %s", order.id(), order.status());
    }

    private static Decision<OrderEvent> notFound(OrderCommand command) {
        return refuseField("id", NOT_FOUND, "order with id %s not found", command.id());
    }
}
