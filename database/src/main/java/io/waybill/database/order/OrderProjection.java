package io.waybill.database.order;

import static io.waybill.proto.order.v1.OrderStatus.ORDER_STATUS_APPROVED;
import static io.waybill.proto.order.v1.OrderStatus.ORDER_STATUS_CANCELLED;
import static io.waybill.proto.order.v1.OrderStatus.ORDER_STATUS_COLLECTED;
import static io.waybill.proto.order.v1.OrderStatus.ORDER_STATUS_PENDING;
import static io.waybill.proto.order.v1.OrderStatus.ORDER_STATUS_READY;
import static io.waybill.proto.order.v1.OrderStatus.ORDER_STATUS_REJECTED;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;

import io.waybill.database.projection.AggregateProjection;
import io.waybill.database.projection.Happening;
import io.waybill.database.projection.Index;
import io.waybill.database.projection.Rows;
import io.waybill.database.projection.UnknownEventException;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.proto.order.v1.OrderApproved;
import io.waybill.proto.order.v1.OrderCancelRequested;
import io.waybill.proto.order.v1.OrderCancelled;
import io.waybill.proto.order.v1.OrderCollected;
import io.waybill.proto.order.v1.OrderCreated;
import io.waybill.proto.order.v1.OrderReady;
import io.waybill.proto.order.v1.OrderRejected;
import io.waybill.proto.order.v1.OrderReviewApproved;
import io.waybill.proto.order.v1.OrderReviewDeclined;
import io.waybill.proto.order.v1.OrderReviewRequested;
import io.waybill.proto.order.v1.OrderStepFailed;
import io.waybill.proto.order.v1.OrderStepRefused;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.order.v1.StepEnd;

import java.util.List;
import java.util.Optional;

/** Orders as they are now, by id, with what their sagas do and wait for. */
public final class OrderProjection implements AggregateProjection<OrderView> {

    public static final String NAME = "order";

    /** The name of the timer by which a saga wakes up. */
    private static final String WAKE_UP = "saga";

    private static final String DECLINED = "RESTAURANT_DECLINED";
    private static final List<Index<OrderView>> INDEXES = OrderIndexes.all();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String aggregate() {
        return "order";
    }

    @Override
    public Parser<OrderView> parser() {
        return OrderView.parser();
    }

    @Override
    public List<Index<OrderView>> indexes() {
        return INDEXES;
    }

    @Override
    public void apply(Happening event, Rows<OrderView> rows)
            throws UnknownEventException, InvalidProtocolBufferException {
        if (event.isFirst()) {
            rows.insert(event.key(), created(event).build());
            return;
        }
        OrderView.Builder order = rows.find(event.key()).orElseThrow(event::outOfPlace).toBuilder();
        Timestamp at = change(event, order, new Saga(order.getSagaBuilder()));
        rows.put(event.key(), order.setLastUpdated(at).setVersion(event.version()).build());
    }

    /** A wake-up may be set anew by a commit without events, when something is asked again. */
    @Override
    public void settle(Commit commit, String id, Rows<OrderView> rows) {
        boolean cleared = commit.getTimersClearedList().contains(WAKE_UP);
        Optional<Timer> set =
                commit.getTimersSetList().stream()
                        .filter(timer -> timer.getName().equals(WAKE_UP))
                        .findFirst();
        if (!cleared && set.isEmpty()) {
            return;
        }
        ByteString key = ByteString.copyFromUtf8(id);
        rows.find(key)
                .map(OrderView::toBuilder)
                .ifPresent(
                        order -> {
                            Saga saga = new Saga(order.getSagaBuilder());
                            set.ifPresentOrElse(saga::wake, saga::sleep);
                            rows.put(key, order.build());
                        });
    }

    private static OrderView.Builder created(Happening event)
            throws UnknownEventException, InvalidProtocolBufferException {
        if (!event.type().equals("waybill.order.v1.OrderCreated")) {
            throw event.outOfPlace();
        }
        OrderCreated created = OrderCreated.parseFrom(event.data());
        OrderView.Builder order =
                OrderView.newBuilder()
                        .setId(created.getId())
                        .setCustomerId(created.getCustomerId())
                        .setRestaurantId(created.getRestaurantId())
                        .addAllItems(created.getItemsList())
                        .setTotal(created.getTotal())
                        .setStatus(ORDER_STATUS_PENDING)
                        .setCreated(created.getAt())
                        .setLastUpdated(created.getAt())
                        .setVersion(event.version())
                        .setCreatedPosition(event.position());
        if (!created.getPaymentId().isEmpty()) {
            order.setPaymentId(created.getPaymentId());
        }
        new Saga(order.getSagaBuilder()).begin(created.getAt());
        return order;
    }

    /** Changes an order as an event says; when that was. */
    private static Timestamp change(Happening event, OrderView.Builder order, Saga saga)
            throws UnknownEventException, InvalidProtocolBufferException {
        return switch (event.type()) {
            case "waybill.order.v1.OrderCreated" -> throw event.outOfPlace();
            case "waybill.order.v1.OrderReviewRequested" -> {
                var requested = OrderReviewRequested.parseFrom(event.data());
                saga.reviewOpens(requested.getDeadline(), requested.getAt());
                yield requested.getAt();
            }
            case "waybill.order.v1.OrderReviewApproved" -> {
                var approved = OrderReviewApproved.parseFrom(event.data());
                saga.done(Step.REVIEW, approved.getAt());
                saga.commit();
                yield approved.getAt();
            }
            case "waybill.order.v1.OrderReviewDeclined" -> {
                var declined = OrderReviewDeclined.parseFrom(event.data());
                because(order, Step.REVIEW.name(), DECLINED, declined.getReason());
                saga.refused(Step.REVIEW, DECLINED, declined.getReason(), declined.getAt());
                yield declined.getAt();
            }
            case "waybill.order.v1.OrderCancelRequested" -> {
                var requested = OrderCancelRequested.parseFrom(event.data());
                saga.waitsFor().ifPresent(step -> order.setStep(step.name()));
                saga.cancelled(requested.getAt());
                yield requested.getAt();
            }
            case "waybill.order.v1.OrderStepRefused" -> {
                var refused = OrderStepRefused.parseFrom(event.data());
                because(order, refused.getStep(), refused.getCode(), refused.getMessage());
                if (!refused.getField().isEmpty()) {
                    order.setField(refused.getField());
                }
                saga.refused(
                        step(refused.getStep(), event),
                        refused.getCode(),
                        refused.getMessage(),
                        refused.getAt());
                yield refused.getAt();
            }
            case "waybill.order.v1.OrderStepFailed" -> {
                var failed = OrderStepFailed.parseFrom(event.data());
                saga.failed(
                        step(failed.getStep(), event),
                        failed.getAttempt(),
                        failed.getCode(),
                        failed.getMessage());
                yield failed.getAt();
            }
            case "waybill.order.v1.OrderApproved" -> {
                order.setStatus(ORDER_STATUS_APPROVED);
                Timestamp at = OrderApproved.parseFrom(event.data()).getAt();
                saga.done(Step.APPROVE_ORDER, at);
                saga.end();
                yield at;
            }
            case "waybill.order.v1.OrderReady" -> {
                order.setStatus(ORDER_STATUS_READY);
                yield OrderReady.parseFrom(event.data()).getAt();
            }
            case "waybill.order.v1.OrderCollected" -> {
                order.setStatus(ORDER_STATUS_COLLECTED);
                yield OrderCollected.parseFrom(event.data()).getAt();
            }
            case "waybill.order.v1.OrderRejected" -> {
                var rejected = OrderRejected.parseFrom(event.data());
                order.setStatus(ORDER_STATUS_REJECTED);
                because(order, rejected.getStep(), rejected.getCode(), rejected.getMessage());
                saga.end();
                yield rejected.getAt();
            }
            case "waybill.order.v1.OrderCancelled" -> {
                order.setStatus(ORDER_STATUS_CANCELLED);
                saga.end();
                yield OrderCancelled.parseFrom(event.data()).getAt();
            }
            default -> step(event, saga);
        };
    }

    /** What says that a step is done or taken back says nothing else. */
    private static Timestamp step(Happening event, Saga saga)
            throws UnknownEventException, InvalidProtocolBufferException {
        Optional<Step> done = Step.doneWith(event.type());
        Optional<Step> undone = Step.undoneWith(event.type());
        if (done.isEmpty() && undone.isEmpty()) {
            throw event.unknown();
        }
        Timestamp at = StepEnd.parseFrom(event.data()).getAt();
        done.ifPresent(step -> saga.done(step, at));
        undone.ifPresent(step -> saga.undone(step, at));
        return at;
    }

    private static void because(OrderView.Builder order, String step, String code, String message) {
        order.setStep(step).setCode(code).setMessage(message);
    }

    private static Step step(String name, Happening event) throws UnknownEventException {
        return Step.named(name).orElseThrow(event::outOfPlace);
    }
}
