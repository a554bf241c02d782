package io.waybill.writer.order;

import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.order.Ending.Cancellation;
import io.waybill.writer.order.Ending.Rejection;
import io.waybill.writer.order.Order.Absent;
import io.waybill.writer.order.Order.BeforePivot;
import io.waybill.writer.order.Order.Fulfilling;
import io.waybill.writer.order.Order.Preparing;
import io.waybill.writer.order.Order.Stepping;
import io.waybill.writer.order.Order.UnderReview;
import io.waybill.writer.order.Order.Undoing;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Step;

import java.time.Instant;
import java.util.List;

/** How events change an order. An event that cannot follow on a phase is a fault. */
final class Folding {

    private Folding() {}

    static Order evolve(Order order, OrderEvent event) {
        Instant at = event.at();
        return switch (event) {
            case OrderEvent.Created created -> {
                expect(Absent.class, order, event);
                yield new Preparing(created.terms(), Outstanding.of(Step.first(), at), at);
            }
            case OrderEvent.StepDone done ->
                    next(asked(done.step(), expect(Stepping.class, order, event), event), at);
            case OrderEvent.ReviewRequested requested -> {
                Stepping before = expect(Preparing.class, order, event);
                asked(Step.REVIEW, before, event);
                yield new UnderReview(before.terms(), requested.deadline(), at);
            }
            case OrderEvent.ReviewApproved approved -> {
                BeforePivot before = atReview(order, event);
                Outstanding first = Outstanding.of(Step.firstAfterPivot(), at);
                yield new Fulfilling(before.terms(), first, at);
            }
            case OrderEvent.ReviewDeclined declined -> {
                UnderReview before = expect(UnderReview.class, order, event);
                yield undoing(before, why(declined), before.step().undosBefore(), at);
            }
            case OrderEvent.CancelRequested requested -> {
                BeforePivot before = expect(BeforePivot.class, order, event);
                yield undoing(before, new Cancellation(), before.step().undosWithThis(), at);
            }
            case OrderEvent.StepRefused refused -> {
                BeforePivot before = expect(BeforePivot.class, order, event);
                boolean unknown = refused.code() == RefusalCode.TIMED_OUT;
                yield undoing(
                        before,
                        new Rejection(refused.step(), refused.code(), refused.message()),
                        unknown ? before.step().undosWithThis() : before.step().undosBefore(),
                        at);
            }
            case OrderEvent.StepFailed failed -> again(order, failed);
            case OrderEvent.StepUndone undone -> {
                Undoing before = expect(Undoing.class, order, event);
                List<Step> left = before.left();
                if (left.isEmpty() || left.getFirst() != undone.step()) {
                    throw outOfPlace(event, order);
                }
                yield new Undoing(
                        before.terms(),
                        before.ending(),
                        left.subList(1, left.size()),
                        Outstanding.FIRST_ATTEMPT,
                        at,
                        at);
            }
            case OrderEvent.Approved approved -> {
                expect(Fulfilling.class, order, event);
                yield new Order.Approved(approved.id(), at);
            }
            case OrderEvent.Ready ready -> {
                expect(Order.Approved.class, order, event);
                yield new Order.Ready(ready.id(), at);
            }
            case OrderEvent.Collected collected -> {
                expect(Order.Ready.class, order, event);
                yield new Order.Collected(collected.id(), at);
            }
            case OrderEvent.Rejected rejected -> {
                expect(Undoing.class, order, event);
                yield new Order.Rejected(rejected.id(), rejected.why(), at);
            }
            case OrderEvent.Cancelled cancelled -> {
                expect(Undoing.class, order, event);
                yield new Order.Cancelled(cancelled.id(), at);
            }
        };
    }

    private static Order next(Stepping before, Instant at) {
        Outstanding next = Outstanding.of(before.outstanding().step().next(), at);
        return switch (before) {
            case Preparing preparing -> new Preparing(preparing.terms(), next, at);
            case Fulfilling fulfilling -> new Fulfilling(fulfilling.terms(), next, at);
        };
    }

    private static Rejection why(OrderEvent.ReviewDeclined declined) {
        return new Rejection(
                Step.REVIEW,
                RefusalCode.RESTAURANT_DECLINED,
                declined.reason().isEmpty() ? "the restaurant said no" : declined.reason());
    }

    private static Undoing undoing(BeforePivot before, Ending ending, List<Step> left, Instant at) {
        return new Undoing(before.terms(), ending, left, Outstanding.FIRST_ATTEMPT, at, at);
    }

    private static Order again(Order order, OrderEvent.StepFailed failed) {
        if (failed.undo()) {
            Undoing before = expect(Undoing.class, order, failed);
            return new Undoing(
                    before.terms(),
                    before.ending(),
                    before.left(),
                    failed.attempt() + 1,
                    before.since(),
                    failed.at());
        }
        Fulfilling before = expect(Fulfilling.class, order, failed);
        return new Fulfilling(before.terms(), before.outstanding().again(), failed.at());
    }

    private static Stepping asked(Step step, Stepping order, OrderEvent event) {
        if (order.outstanding().step() != step) {
            throw outOfPlace(event, order);
        }
        return order;
    }

    private static BeforePivot atReview(Order order, OrderEvent event) {
        BeforePivot before = expect(BeforePivot.class, order, event);
        if (before.step() != Step.REVIEW) {
            throw outOfPlace(event, order);
        }
        return before;
    }

    private static <P extends Order> P expect(Class<P> phase, Order order, OrderEvent event) {
        if (!phase.isInstance(order)) {
            throw outOfPlace(event, order);
        }
        return phase.cast(order);
    }

    private static IllegalStateException outOfPlace(OrderEvent event, Order order) {
        return new IllegalStateException(
                "the event %s of order %s follows on %s"
                        .formatted(
                                event.getClass().getSimpleName(),
                                event.id(),
                                order.getClass().getSimpleName()));
    }
}
