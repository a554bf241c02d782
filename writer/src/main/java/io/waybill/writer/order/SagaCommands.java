package io.waybill.writer.order;

import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.order.Answer.Done;
import io.waybill.writer.order.Answer.NotDone;
import io.waybill.writer.order.Order.Fulfilling;
import io.waybill.writer.order.OrderCommand.MakeReady;
import io.waybill.writer.order.OrderCommand.Reply;
import io.waybill.writer.order.OrderEvent.ReviewApproved;
import io.waybill.writer.order.OrderEvent.ReviewRequested;
import io.waybill.writer.order.OrderEvent.StepDone;
import io.waybill.writer.order.OrderEvent.StepFailed;
import io.waybill.writer.order.OrderEvent.StepRefused;
import io.waybill.writer.order.OrderEvent.StepUndone;
import io.waybill.writer.order.Waiting.ForAnswer;
import io.waybill.writer.order.Waiting.ForNothing;
import io.waybill.writer.order.Waiting.ForPerson;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an order makes of what its saga tells it: the events that follow, if any do. */
final class SagaCommands {

    private SagaCommands() {}

    /**
     * A participant answered. Only the answer to what is outstanding matters: another is late,
     * comes again, or is to a request that was given up.
     */
    static Optional<OrderEvent> reply(Reply reply, Order order, Instant at, SagaSettings settings) {
        return switch (Waiting.of(order)) {
            case ForAnswer(var terms, Outstanding outstanding) when answers(reply, outstanding) ->
                    Optional.of(
                            switch (reply.answer()) {
                                case Done done -> done(reply.id(), outstanding, done, at, settings);
                                case NotDone not -> notDone(reply.id(), outstanding, not, at);
                            });
            case ForAnswer other -> Optional.empty();
            case ForPerson person -> Optional.empty();
            case ForNothing nothing -> Optional.empty();
        };
    }

    /** What a deadline does, if it has passed and does anything. */
    static Optional<OrderEvent> timeOut(
            String id, Waiting waiting, Instant now, Instant at, SagaSettings settings) {
        return switch (waiting) {
            case ForAnswer(var terms, Outstanding asked) when !asked.isTriedUntilDone() -> {
                Instant deadline = asked.deadline(settings.pace(asked.step()).deadline());
                yield now.isBefore(deadline)
                        ? Optional.empty()
                        : Optional.of(timedOut(id, asked.step(), "nobody answered", at));
            }
            case ForPerson(Instant deadline) ->
                    now.isBefore(deadline)
                            ? Optional.empty()
                            : Optional.of(timedOut(id, Step.REVIEW, "nobody decided", at));
            case ForAnswer stuck -> Optional.empty();
            case ForNothing nothing -> Optional.empty();
        };
    }

    /**
     * The shopping list is complete; no events when that was known. A list that is complete was
     * initiated: when it is known before the answer that says so, it stands for that answer.
     *
     * @throws IllegalStateException when a list was complete that nobody may have begun
     */
    static List<OrderEvent> makeReady(MakeReady command, Order order, Instant at) {
        String id = command.id();
        return switch (order) {
            case Order.Approved approved -> List.of(new OrderEvent.Ready(id, at));
            case Fulfilling(var terms, Outstanding outstanding, var changed)
                    when outstanding.step() == Step.INITIATE_SHOPPING ->
                    List.of(
                            new StepDone(id, Step.INITIATE_SHOPPING, at),
                            new OrderEvent.Approved(id, at),
                            new OrderEvent.Ready(id, at));
            case Order.Ready ready -> List.of();
            case Order.Collected collected -> List.of();
            case Fulfilling early -> throw unbegun(id, order);
            case Order.Absent absent -> throw unbegun(id, order);
            case Order.BeforePivot before -> throw unbegun(id, order);
            case Order.Undoing undoing -> throw unbegun(id, order);
            case Order.Closed closed -> throw unbegun(id, order);
        };
    }

    private static boolean answers(Reply reply, Outstanding outstanding) {
        return reply.step().equals(outstanding.step().name())
                && reply.undo() == outstanding.undo()
                && reply.attempt() == outstanding.attempt();
    }

    private static OrderEvent done(
            String id, Outstanding asked, Done done, Instant at, SagaSettings settings) {
        if (asked.undo()) {
            return new StepUndone(id, asked.step(), at);
        }
        if (asked.step() != Step.REVIEW) {
            return new StepDone(id, asked.step(), at);
        }
        return done.waits()
                ? new ReviewRequested(id, at.plus(settings.manualReview()), at)
                : new ReviewApproved(id, false, at);
    }

    private static OrderEvent notDone(String id, Outstanding asked, NotDone not, Instant at) {
        return asked.isTriedUntilDone()
                ? new StepFailed(
                        id,
                        asked.step(),
                        asked.undo(),
                        asked.attempt(),
                        not.code(),
                        not.message(),
                        at)
                : new StepRefused(id, asked.step(), not.code(), not.message(), not.field(), at);
    }

    private static OrderEvent timedOut(String id, Step step, String why, Instant at) {
        return new StepRefused(id, step, RefusalCode.TIMED_OUT, why + " before the deadline", at);
    }

    private static IllegalStateException unbegun(String id, Order order) {
        return new IllegalStateException(
                "the shopping list of order %s is complete, but the order is %s"
                        .formatted(id, order.getClass().getSimpleName()));
    }
}
