package io.waybill.writer.order;

import static io.waybill.writer.domain.RefusalCode.NOT_FOUND;
import static io.waybill.writer.domain.RefusalCode.SAGA_OVER;

import io.waybill.writer.order.Order.Absent;
import io.waybill.writer.order.Order.Present;
import io.waybill.writer.order.OrderCommand.Retry;
import io.waybill.writer.order.OrderDecision.Accepted;
import io.waybill.writer.order.OrderDecision.Refused;
import io.waybill.writer.order.Waiting.ForAnswer;
import io.waybill.writer.order.Waiting.ForNothing;
import io.waybill.writer.order.Waiting.ForPerson;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Request;
import io.waybill.writer.saga.WakeUp;

import java.util.List;

/**
 * What comes of wanting a step tried again. Somebody's wish makes no attempt: what is sent is what
 * the saga itself would send at its next wake-up, which stands as it is. Where the saga would not,
 * it is over for that step.
 */
final class Retrying {

    private Retrying() {}

    static OrderDecision decide(Retry retry, Order order) {
        return switch (order) {
            case Absent absent ->
                    new Refused(
                            NOT_FOUND, "order with id %s not found".formatted(retry.id()), "id");
            case Present present ->
                    switch (Waiting.of(present)) {
                        case ForAnswer(var terms, Outstanding outstanding)
                                when isFor(retry, outstanding) && outstanding.isTriedUntilDone() ->
                                new Accepted(
                                        List.of(),
                                        new WakeUp.Unchanged(),
                                        List.of(Request.of(outstanding, terms)));
                        case ForAnswer(var terms, Outstanding outstanding)
                                when isFor(retry, outstanding) ->
                                over(
                                        retry,
                                        "before the restaurant's approval a step is tried once");
                        case ForAnswer(var terms, Outstanding outstanding) ->
                                over(
                                        retry,
                                        "its saga is at "
                                                + errand(
                                                        outstanding.step().name(),
                                                        outstanding.undo()));
                        case ForPerson person ->
                                over(retry, "its saga waits for a person of the restaurant");
                        case ForNothing nothing ->
                                over(retry, "its saga is over and it is " + present.status());
                    };
        };
    }

    private static boolean isFor(Retry retry, Outstanding outstanding) {
        return retry.step().equals(outstanding.step().name()) && retry.undo() == outstanding.undo();
    }

    private static Refused over(Retry retry, String why) {
        return new Refused(
                SAGA_OVER,
                "order %s does not try %s again: %s"
                        .formatted(retry.id(), errand(retry.step(), retry.undo()), why),
                "");
    }

    private static String errand(String step, boolean undo) {
        return (undo ? "undoing " : "") + step;
    }
}
