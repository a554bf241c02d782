package io.waybill.writer.codec;

import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.writer.decide.AggregateType;
import io.waybill.writer.decide.Asked;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.decide.TimerChanges;
import io.waybill.writer.order.Order;
import io.waybill.writer.order.OrderDecider;
import io.waybill.writer.order.OrderDecision;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.WakeUp;
import io.waybill.writer.time.ProtoTime;

import java.util.List;

/**
 * Orders and their sagas for the pipeline: the domain's decisions, read from and written as
 * protobuf. An order has one timer, {@code saga}, while its saga waits for somebody.
 */
public final class OrderCodec implements AggregateType<Order> {

    private static final String TIMER = "saga";

    private final SagaSettings settings;

    /** Orders whose sagas are so patient. */
    public OrderCodec(SagaSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "order";
    }

    @Override
    public Order initial() {
        return OrderDecider.initial();
    }

    @Override
    public Order evolve(Order state, RecordedEvent event) {
        return OrderDecider.evolve(state, OrderEvents.read(event));
    }

    @Override
    public int entries(Order state) {
        return switch (state) {
            case Order.Absent absent -> 0;
            case Order.BeforePivot before -> before.terms().items().size();
            case Order.Undoing undoing -> undoing.terms().items().size();
            case Order.Fulfilling fulfilling -> fulfilling.terms().items().size();
            case Order.AfterReview done -> 0;
            case Order.Closed closed -> 0;
        };
    }

    @Override
    public Decision decide(Asked asked, Order state) {
        return switch (OrderDecider.decide(OrderMessages.read(asked), state, settings)) {
            case OrderDecision.Accepted(var events, var wakeUp, var requests) ->
                    new Decision.Accepted(
                            events.stream().map(OrderEvents::write).toList(),
                            timers(wakeUp),
                            requests.stream()
                                    .map(request -> SagaRequests.of(asked.id(), request))
                                    .toList());
            case OrderDecision.Refused(var code, var sentence, var field) ->
                    new Decision.Refused(StoredDecision.code(code), sentence, field);
            case OrderDecision.Needless needless -> new Decision.Needless();
        };
    }

    private static TimerChanges timers(WakeUp wakeUp) {
        return switch (wakeUp) {
            case WakeUp.Unchanged unchanged -> TimerChanges.NONE;
            case WakeUp.Never never -> new TimerChanges(List.of(), List.of(TIMER));
            case WakeUp.At(var due, int tries, var deadline) ->
                    new TimerChanges(
                            List.of(
                                    Timer.newBuilder()
                                            .setName(TIMER)
                                            .setDue(ProtoTime.of(due))
                                            .setTries(tries)
                                            .setDeadline(ProtoTime.of(deadline))
                                            .build()),
                            List.of());
        };
    }
}
