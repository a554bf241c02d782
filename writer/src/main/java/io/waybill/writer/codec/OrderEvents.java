package io.waybill.writer.codec;

import static io.waybill.writer.time.ProtoTime.toInstant;

import com.google.protobuf.Timestamp;

import io.waybill.proto.eventstore.v1.RecordedEvent;
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
import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.order.Ending;
import io.waybill.writer.order.OrderEvent;
import io.waybill.writer.saga.Step;
import io.waybill.writer.time.ProtoTime;

import java.util.HashSet;
import java.util.Set;

/** Orders' events as they are stored. */
final class OrderEvents {

    private static final StoredEvents<OrderEvent> EVENTS =
            StoredEvents.<OrderEvent>of("an order")
                    .and(OrderCreated.getDefaultInstance(), OrderTerms::read)
                    .and(
                            OrderReviewRequested.getDefaultInstance(),
                            event ->
                                    new OrderEvent.ReviewRequested(
                                            event.getId(),
                                            toInstant(event.getDeadline()),
                                            toInstant(event.getAt())))
                    .and(
                            OrderReviewApproved.getDefaultInstance(),
                            event ->
                                    new OrderEvent.ReviewApproved(
                                            event.getId(),
                                            event.getByPerson(),
                                            toInstant(event.getAt())))
                    .and(
                            OrderReviewDeclined.getDefaultInstance(),
                            event ->
                                    new OrderEvent.ReviewDeclined(
                                            event.getId(),
                                            event.getReason(),
                                            toInstant(event.getAt())))
                    .and(
                            OrderCancelRequested.getDefaultInstance(),
                            event ->
                                    new OrderEvent.CancelRequested(
                                            event.getId(), toInstant(event.getAt())))
                    .and(
                            OrderStepRefused.getDefaultInstance(),
                            event ->
                                    new OrderEvent.StepRefused(
                                            event.getId(),
                                            Step.valueOf(event.getStep()),
                                            RefusalCode.valueOf(event.getCode()),
                                            event.getMessage(),
                                            event.getField(),
                                            toInstant(event.getAt())))
                    .and(
                            OrderStepFailed.getDefaultInstance(),
                            event ->
                                    new OrderEvent.StepFailed(
                                            event.getId(),
                                            Step.valueOf(event.getStep()),
                                            event.getUndo(),
                                            event.getAttempt(),
                                            RefusalCode.valueOf(event.getCode()),
                                            event.getMessage(),
                                            toInstant(event.getAt())))
                    .and(
                            OrderApproved.getDefaultInstance(),
                            event ->
                                    new OrderEvent.Approved(
                                            event.getId(), toInstant(event.getAt())))
                    .and(
                            OrderReady.getDefaultInstance(),
                            event -> new OrderEvent.Ready(event.getId(), toInstant(event.getAt())))
                    .and(
                            OrderCollected.getDefaultInstance(),
                            event ->
                                    new OrderEvent.Collected(
                                            event.getId(), toInstant(event.getAt())))
                    .and(
                            OrderRejected.getDefaultInstance(),
                            event ->
                                    new OrderEvent.Rejected(
                                            event.getId(),
                                            new Ending.Rejection(
                                                    Step.valueOf(event.getStep()),
                                                    RefusalCode.valueOf(event.getCode()),
                                                    event.getMessage()),
                                            toInstant(event.getAt())))
                    .and(
                            OrderCancelled.getDefaultInstance(),
                            event ->
                                    new OrderEvent.Cancelled(
                                            event.getId(), toInstant(event.getAt())));

    private OrderEvents() {}

    /** The names under which they are stored. */
    static Set<String> types() {
        Set<String> types = new HashSet<>(EVENTS.types());
        types.addAll(StepEvents.types());
        return types;
    }

    /**
     * An event as it was before it was stored.
     *
     * @throws IllegalStateException when it is not an order's, or cannot be read
     */
    static OrderEvent read(RecordedEvent event) {
        return StepEvents.read(event).orElseGet(() -> EVENTS.read(event));
    }

    /** An event as it is stored. */
    static RecordedEvent write(OrderEvent event) {
        Timestamp at = ProtoTime.of(event.at());
        return switch (event) {
            case OrderEvent.StepDone done -> StepEvents.write(done);
            case OrderEvent.StepUndone undone -> StepEvents.write(undone);
            case OrderEvent.Created created -> StoredEvents.recorded(OrderTerms.write(created));
            case OrderEvent.ReviewRequested requested ->
                    StoredEvents.recorded(
                            OrderReviewRequested.newBuilder()
                                    .setId(requested.id())
                                    .setDeadline(ProtoTime.of(requested.deadline()))
                                    .setAt(at)
                                    .build());
            case OrderEvent.ReviewApproved approved ->
                    StoredEvents.recorded(
                            OrderReviewApproved.newBuilder()
                                    .setId(approved.id())
                                    .setByPerson(approved.byPerson())
                                    .setAt(at)
                                    .build());
            case OrderEvent.ReviewDeclined declined ->
                    StoredEvents.recorded(
                            OrderReviewDeclined.newBuilder()
                                    .setId(declined.id())
                                    .setReason(declined.reason())
                                    .setAt(at)
                                    .build());
            case OrderEvent.CancelRequested(String id, var time) ->
                    StoredEvents.recorded(
                            OrderCancelRequested.newBuilder().setId(id).setAt(at).build());
            case OrderEvent.StepRefused refused ->
                    StoredEvents.recorded(
                            OrderStepRefused.newBuilder()
                                    .setId(refused.id())
                                    .setStep(refused.step().name())
                                    .setCode(refused.code().name())
                                    .setMessage(refused.message())
                                    .setField(refused.field())
                                    .setAt(at)
                                    .build());
            case OrderEvent.StepFailed failed ->
                    StoredEvents.recorded(
                            OrderStepFailed.newBuilder()
                                    .setId(failed.id())
                                    .setStep(failed.step().name())
                                    .setUndo(failed.undo())
                                    .setAttempt(failed.attempt())
                                    .setCode(failed.code().name())
                                    .setMessage(failed.message())
                                    .setAt(at)
                                    .build());
            case OrderEvent.Approved(String id, var time) ->
                    StoredEvents.recorded(OrderApproved.newBuilder().setId(id).setAt(at).build());
            case OrderEvent.Ready(String id, var time) ->
                    StoredEvents.recorded(OrderReady.newBuilder().setId(id).setAt(at).build());
            case OrderEvent.Collected(String id, var time) ->
                    StoredEvents.recorded(OrderCollected.newBuilder().setId(id).setAt(at).build());
            case OrderEvent.Rejected(String id, Ending.Rejection why, var time) ->
                    StoredEvents.recorded(
                            OrderRejected.newBuilder()
                                    .setId(id)
                                    .setStep(why.step().name())
                                    .setCode(why.code().name())
                                    .setMessage(why.message())
                                    .setAt(at)
                                    .build());
            case OrderEvent.Cancelled(String id, var time) ->
                    StoredEvents.recorded(OrderCancelled.newBuilder().setId(id).setAt(at).build());
        };
    }
}
