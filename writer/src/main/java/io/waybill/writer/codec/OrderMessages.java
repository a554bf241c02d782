package io.waybill.writer.codec;

import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.order.v1.ApproveOrder;
import io.waybill.proto.order.v1.CancelOrder;
import io.waybill.proto.order.v1.CollectOrder;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.DeclineOrder;
import io.waybill.proto.order.v1.OrderItem;
import io.waybill.proto.order.v1.ReadyOrder;
import io.waybill.proto.order.v1.RecordReply;
import io.waybill.proto.order.v1.RetryStep;
import io.waybill.proto.order.v1.WakeOrder;
import io.waybill.writer.decide.Asked;
import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.order.Answer;
import io.waybill.writer.order.OrderCommand;

import java.time.Instant;
import java.util.Arrays;

/** Orders' commands as they travel. */
final class OrderMessages {

    private OrderMessages() {}

    /**
     * What is asked of an order.
     *
     * @throws IllegalStateException when it is not asked of an order
     */
    static OrderCommand read(Asked asked) {
        String id = asked.id();
        Instant at = asked.at();
        return switch (asked.command().message()) {
            case CreateOrder create -> read(create, id, at);
            case CancelOrder cancel -> new OrderCommand.Cancel(id, at);
            case CollectOrder collect -> new OrderCommand.Collect(id, at);
            case ApproveOrder approve -> new OrderCommand.Approve(id, at);
            case DeclineOrder decline -> new OrderCommand.Decline(id, decline.getReason(), at);
            case RetryStep retry ->
                    new OrderCommand.Retry(id, retry.getStep(), retry.getUndo(), at);
            case RecordReply reply ->
                    new OrderCommand.Reply(
                            id,
                            reply.getStep(),
                            reply.getUndo(),
                            reply.getAttempt(),
                            answer(reply.getOutcome(), reply.getWaits()),
                            at);
            case WakeOrder wake -> new OrderCommand.Wake(id, wake.getTries(), at);
            case ReadyOrder ready -> new OrderCommand.MakeReady(id, at);
            default ->
                    throw new IllegalStateException(
                            asked.command().type().topic() + " is not an order's command");
        };
    }

    private static OrderCommand.Create read(CreateOrder create, String id, Instant at) {
        return new OrderCommand.Create(
                id,
                create.getCustomerId(),
                create.getRestaurantId(),
                create.getOrderItemsList().stream().map(OrderMessages::line).toList(),
                create.getCurrency(),
                create.getPaymentId(),
                at);
    }

    private static OrderCommand.Line line(OrderItem item) {
        return new OrderCommand.Line(
                item.getCode(),
                item.hasName() ? item.getName() : item.getCode(),
                item.getUnitPrice(),
                item.getQuantity());
    }

    private static Answer answer(Outcome outcome, boolean waits) {
        return switch (outcome.getKind()) {
            case OUTCOME_KIND_APPLIED -> new Answer.Done(waits);
            case OUTCOME_KIND_REJECTED ->
                    new Answer.NotDone(
                            code(outcome.getCode()), outcome.getMessage(), outcome.getField());
            case OUTCOME_KIND_DEAD_LETTERED, OUTCOME_KIND_EXPIRED ->
                    new Answer.NotDone(RefusalCode.STEP_FAILED, outcome.getMessage(), "");
            case OUTCOME_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalStateException("a reply says how the command ended");
        };
    }

    /** Codes that are not the domain's tell of faults. */
    private static RefusalCode code(String name) {
        return Arrays.stream(RefusalCode.values())
                .filter(code -> code.name().equals(name))
                .findFirst()
                .orElse(RefusalCode.STEP_FAILED);
    }
}
