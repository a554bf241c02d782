package io.waybill.database.order;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;

import io.waybill.proto.common.v1.Item;
import io.waybill.proto.common.v1.Money;
import io.waybill.proto.order.v1.OrderApproved;
import io.waybill.proto.order.v1.OrderCancelRequested;
import io.waybill.proto.order.v1.OrderCancelled;
import io.waybill.proto.order.v1.OrderCollected;
import io.waybill.proto.order.v1.OrderCreated;
import io.waybill.proto.order.v1.OrderCustomerAuthorized;
import io.waybill.proto.order.v1.OrderItemsReleased;
import io.waybill.proto.order.v1.OrderItemsReserved;
import io.waybill.proto.order.v1.OrderItemsTaken;
import io.waybill.proto.order.v1.OrderPaymentDebited;
import io.waybill.proto.order.v1.OrderPaymentVoided;
import io.waybill.proto.order.v1.OrderReady;
import io.waybill.proto.order.v1.OrderRejected;
import io.waybill.proto.order.v1.OrderReviewApproved;
import io.waybill.proto.order.v1.OrderReviewDeclined;
import io.waybill.proto.order.v1.OrderReviewRequested;
import io.waybill.proto.order.v1.OrderShoppingInitiated;
import io.waybill.proto.order.v1.OrderShoppingListCancelled;
import io.waybill.proto.order.v1.OrderShoppingListCreated;
import io.waybill.proto.order.v1.OrderStepFailed;
import io.waybill.proto.order.v1.OrderStepRefused;

import java.util.List;

/** What happens to one order, for tests. */
public record OrderEvents(String id) {

    /** Two of one thing, one of another. */
    public OrderCreated created(String customer, String restaurant, Timestamp at) {
        return created(customer, restaurant, List.of("pizza", "wine"), money("EUR", 2_500), at);
    }

    /** So many codes, for so much. */
    public OrderCreated created(
            String customer, String restaurant, List<String> codes, Money total, Timestamp at) {
        return OrderCreated.newBuilder()
                .setId(id)
                .setCustomerId(customer)
                .setRestaurantId(restaurant)
                .addAllItems(
                        codes.stream()
                                .map(
                                        code ->
                                                Item.newBuilder()
                                                        .setCode(code)
                                                        .setName("a " + code)
                                                        .setUnitPrice(money("EUR", 1_250))
                                                        .setQuantity(1)
                                                        .build())
                                .toList())
                .setTotal(total)
                .setAt(at)
                .build();
    }

    public static Money money(String currency, long minor) {
        return Money.newBuilder().setCurrency(currency).setMinor(minor).build();
    }

    /** Its steps that are done before the review, in their order. */
    public List<Message> doneBeforeReview(Timestamp at) {
        return List.of(
                OrderCustomerAuthorized.newBuilder().setId(id).setAt(at).build(),
                OrderItemsReserved.newBuilder().setId(id).setAt(at).build(),
                OrderShoppingListCreated.newBuilder().setId(id).setAt(at).build(),
                OrderPaymentDebited.newBuilder().setId(id).setAt(at).build());
    }

    public OrderReviewRequested reviewRequested(Timestamp deadline, Timestamp at) {
        return OrderReviewRequested.newBuilder().setId(id).setDeadline(deadline).setAt(at).build();
    }

    public OrderReviewApproved reviewApproved(Timestamp at) {
        return OrderReviewApproved.newBuilder().setId(id).setAt(at).build();
    }

    public OrderReviewDeclined reviewDeclined(String reason, Timestamp at) {
        return OrderReviewDeclined.newBuilder().setId(id).setReason(reason).setAt(at).build();
    }

    public OrderItemsTaken itemsTaken(Timestamp at) {
        return OrderItemsTaken.newBuilder().setId(id).setAt(at).build();
    }

    public OrderShoppingInitiated shoppingInitiated(Timestamp at) {
        return OrderShoppingInitiated.newBuilder().setId(id).setAt(at).build();
    }

    public OrderApproved approved(Timestamp at) {
        return OrderApproved.newBuilder().setId(id).setAt(at).build();
    }

    public OrderReady ready(Timestamp at) {
        return OrderReady.newBuilder().setId(id).setAt(at).build();
    }

    public OrderCollected collected(Timestamp at) {
        return OrderCollected.newBuilder().setId(id).setAt(at).build();
    }

    public OrderCancelRequested cancelRequested(Timestamp at) {
        return OrderCancelRequested.newBuilder().setId(id).setAt(at).build();
    }

    public OrderStepRefused refused(String step, String code, Timestamp at) {
        return OrderStepRefused.newBuilder()
                .setId(id)
                .setStep(step)
                .setCode(code)
                .setMessage("because of " + code)
                .setField(code.equals("CUSTOMER_DISABLED") ? "customer_id" : "")
                .setAt(at)
                .build();
    }

    public OrderStepFailed failed(String step, boolean undo, int attempt, Timestamp at) {
        return OrderStepFailed.newBuilder()
                .setId(id)
                .setStep(step)
                .setUndo(undo)
                .setAttempt(attempt)
                .setCode("STEP_FAILED")
                .setMessage("it could not be handled")
                .setAt(at)
                .build();
    }

    /** What takes a step back. */
    public Message undone(String step, Timestamp at) {
        return switch (step) {
            case "RESERVE_ITEMS" -> OrderItemsReleased.newBuilder().setId(id).setAt(at).build();
            case "CREATE_SHOPPING_LIST" ->
                    OrderShoppingListCancelled.newBuilder().setId(id).setAt(at).build();
            case "DEBIT_PAYMENT" -> OrderPaymentVoided.newBuilder().setId(id).setAt(at).build();
            default -> throw new IllegalArgumentException(step);
        };
    }

    public OrderRejected rejected(String step, String code, Timestamp at) {
        return OrderRejected.newBuilder()
                .setId(id)
                .setStep(step)
                .setCode(code)
                .setMessage("because of " + code)
                .setAt(at)
                .build();
    }

    public OrderCancelled cancelled(Timestamp at) {
        return OrderCancelled.newBuilder().setId(id).setAt(at).build();
    }
}
