package io.waybill.writer.order;

import io.waybill.writer.domain.Decision;
import io.waybill.writer.order.Order.Absent;
import io.waybill.writer.order.Order.Fulfilling;
import io.waybill.writer.order.Order.Present;
import io.waybill.writer.order.Order.Undoing;
import io.waybill.writer.order.OrderCommand.Approve;
import io.waybill.writer.order.OrderCommand.Cancel;
import io.waybill.writer.order.OrderCommand.Collect;
import io.waybill.writer.order.OrderCommand.Create;
import io.waybill.writer.order.OrderCommand.Decline;
import io.waybill.writer.order.OrderCommand.MakeReady;
import io.waybill.writer.order.OrderCommand.Reply;
import io.waybill.writer.order.OrderCommand.Retry;
import io.waybill.writer.order.OrderCommand.Wake;
import io.waybill.writer.order.OrderDecision.Accepted;
import io.waybill.writer.order.OrderDecision.Needless;
import io.waybill.writer.order.OrderDecision.Refused;
import io.waybill.writer.order.Waiting.ForAnswer;
import io.waybill.writer.order.Waiting.ForNothing;
import io.waybill.writer.order.Waiting.ForPerson;
import io.waybill.writer.saga.Request;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.WakeUp;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides order commands. Pure: same command, state and settings, same decision. */
public final class OrderDecider {

    private OrderDecider() {}

    /** An order before its first event. */
    public static Order initial() {
        return new Absent();
    }

    /** The order after an event. */
    public static Order evolve(Order order, OrderEvent event) {
        return Folding.evolve(order, event);
    }

    /**
     * What comes of a command, given what the order is now.
     *
     * @throws IllegalStateException when the command cannot be, whatever the order went through
     */
    public static OrderDecision decide(OrderCommand command, Order order, SagaSettings settings) {
        Instant now = command.at().truncatedTo(ChronoUnit.MICROS);
        Instant at = advance(order, now);
        return switch (command) {
            case OrderCommand.OfClient asked ->
                    switch (decide(asked, order, at)) {
                        case Decision.Accepted<OrderEvent>(var events) when events.isEmpty() ->
                                new Accepted(List.of(), new WakeUp.Unchanged(), List.of());
                        case Decision.Accepted<OrderEvent>(var events) ->
                                follow(order, events, now, settings);
                        case Decision.Refused<OrderEvent>(var code, var sentence, var field) ->
                                new Refused(code, sentence, field);
                    };
            case Retry retry -> Retrying.decide(retry, order);
            case Reply reply ->
                    SagaCommands.reply(reply, order, at, settings)
                            .map(event -> follow(order, List.of(event), now, settings))
                            .orElseGet(Needless::new);
            case MakeReady ready -> {
                List<OrderEvent> events = SagaCommands.makeReady(ready, order, at);
                yield events.isEmpty() ? new Needless() : follow(order, events, now, settings);
            }
            case Wake wake -> {
                Waiting waiting = Waiting.of(order);
                yield SagaCommands.timeOut(wake.id(), waiting, now, at, settings)
                        .map(event -> follow(order, List.of(event), now, settings))
                        .orElseGet(() -> askAgain(wake.tries() + 1, waiting, now, settings));
            }
        };
    }

    private static Decision<OrderEvent> decide(
            OrderCommand.OfClient command, Order order, Instant at) {
        return switch (command) {
            case Create create -> ClientCommands.create(create, order, at);
            case Cancel cancel -> ClientCommands.cancel(cancel, order, at);
            case Approve approve -> ClientCommands.approve(approve, order, at);
            case Decline decline -> ClientCommands.decline(decline, order, at);
            case Collect collect -> ClientCommands.collect(collect, order, at);
        };
    }

    /** Events, what follows from them at once, and what the saga does afterwards. */
    private static OrderDecision follow(
            Order before, List<OrderEvent> events, Instant now, SagaSettings settings) {
        List<OrderEvent> all = new ArrayList<>(events);
        Order after = fold(before, events);
        Optional<OrderEvent> consequence = consequence(after, events.getLast().at());
        if (consequence.isPresent()) {
            all.add(consequence.get());
            after = evolve(after, consequence.get());
        }
        Waiting waited = Waiting.of(before);
        Waiting waits = Waiting.of(after);
        return new Accepted(
                all, WakeUps.after(waited, waits, now, settings), requests(waited, waits));
    }

    private static Order fold(Order order, List<OrderEvent> events) {
        Order folded = order;
        for (OrderEvent event : events) {
            folded = evolve(folded, event);
        }
        return folded;
    }

    /** What an order does by itself: a step that asks nobody, and its end once all is undone. */
    private static Optional<OrderEvent> consequence(Order order, Instant at) {
        return switch (order) {
            case Fulfilling fulfilling when fulfilling.outstanding().step().asksNobody() ->
                    Optional.of(new OrderEvent.Approved(fulfilling.id(), at));
            case Undoing undoing when undoing.left().isEmpty() ->
                    Optional.of(
                            switch (undoing.ending()) {
                                case Ending.Rejection why ->
                                        new OrderEvent.Rejected(undoing.id(), why, at);
                                case Ending.Cancellation cancellation ->
                                        new OrderEvent.Cancelled(undoing.id(), at);
                            });
            case Present present -> Optional.empty();
            case Absent absent -> Optional.empty();
        };
    }

    /** Another errand is sent at once; another attempt at the same waits for its wake-up. */
    private static List<Request> requests(Waiting before, Waiting now) {
        return switch (now) {
            case ForAnswer answer when WakeUps.isNewErrand(before, answer) ->
                    List.of(Request.of(answer.outstanding(), answer.terms()));
            case ForAnswer same -> List.of();
            case ForPerson person -> List.of();
            case ForNothing nothing -> List.of();
        };
    }

    /**
     * What is outstanding is sent once more; a person is not asked twice. Whoever waits has a
     * wake-up again: the one that came is gone, even if it was meant for what was waited for
     * before.
     */
    private static OrderDecision askAgain(
            int tries, Waiting waiting, Instant now, SagaSettings settings) {
        return switch (waiting) {
            case ForNothing nothing -> new Needless();
            case ForPerson early -> new Accepted(List.of(), WakeUps.forPerson(early), List.of());
            case ForAnswer answer ->
                    new Accepted(
                            List.of(),
                            WakeUps.forAnswer(answer, tries, now, settings),
                            List.of(Request.of(answer.outstanding(), answer.terms())));
        };
    }

    /**
     * The time of what happens next: now, but later than what happened last even if the clock
     * stepped back.
     */
    private static Instant advance(Order order, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        return switch (order) {
            case Absent absent -> at;
            case Present present -> {
                Instant earliest = present.changed().plus(1, ChronoUnit.MICROS);
                yield at.isBefore(earliest) ? earliest : at;
            }
        };
    }
}
