package io.waybill.writer.codec;

import com.google.protobuf.Message;

import io.waybill.proto.shopping.v1.ShoppingListAssigned;
import io.waybill.proto.shopping.v1.ShoppingListCancelled;
import io.waybill.proto.shopping.v1.ShoppingListCompleted;
import io.waybill.proto.shopping.v1.ShoppingListCreated;
import io.waybill.proto.shopping.v1.ShoppingListInitiated;
import io.waybill.writer.shopping.ShoppingEvent;
import io.waybill.writer.shopping.ShoppingEvent.Assigned;
import io.waybill.writer.shopping.ShoppingEvent.Cancelled;
import io.waybill.writer.shopping.ShoppingEvent.Completed;
import io.waybill.writer.shopping.ShoppingEvent.Created;
import io.waybill.writer.shopping.ShoppingEvent.Initiated;
import io.waybill.writer.time.ProtoTime;

/** What happened to shopping lists, as it is stored. */
final class ShoppingEvents {

    static final StoredEvents<ShoppingEvent> STORED =
            StoredEvents.<ShoppingEvent>of("a shopping list")
                    .and(
                            ShoppingListCreated.getDefaultInstance(),
                            created ->
                                    new Created(
                                            created.getOrderId(),
                                            created.getRestaurantId(),
                                            ProtoItems.toItems(created.getItemsList()),
                                            ProtoTime.toInstant(created.getAt())))
                    .and(
                            ShoppingListInitiated.getDefaultInstance(),
                            initiated ->
                                    new Initiated(
                                            initiated.getOrderId(),
                                            ProtoTime.toInstant(initiated.getAt())))
                    .and(
                            ShoppingListAssigned.getDefaultInstance(),
                            assigned ->
                                    new Assigned(
                                            assigned.getOrderId(),
                                            assigned.getAssignee(),
                                            ProtoTime.toInstant(assigned.getAt())))
                    .and(
                            ShoppingListCompleted.getDefaultInstance(),
                            completed ->
                                    new Completed(
                                            completed.getOrderId(),
                                            ProtoTime.toInstant(completed.getAt())))
                    .and(
                            ShoppingListCancelled.getDefaultInstance(),
                            cancelled ->
                                    new Cancelled(
                                            cancelled.getOrderId(),
                                            ProtoTime.toInstant(cancelled.getAt())));

    private ShoppingEvents() {}

    static Message write(ShoppingEvent event) {
        return switch (event) {
            case Created created ->
                    ShoppingListCreated.newBuilder()
                            .setOrderId(created.orderId())
                            .setRestaurantId(created.restaurantId())
                            .addAllItems(ProtoItems.of(created.items()))
                            .setAt(ProtoTime.of(created.at()))
                            .build();
            case Initiated initiated ->
                    ShoppingListInitiated.newBuilder()
                            .setOrderId(initiated.orderId())
                            .setAt(ProtoTime.of(initiated.at()))
                            .build();
            case Assigned assigned ->
                    ShoppingListAssigned.newBuilder()
                            .setOrderId(assigned.orderId())
                            .setAssignee(assigned.assignee())
                            .setAt(ProtoTime.of(assigned.at()))
                            .build();
            case Completed completed ->
                    ShoppingListCompleted.newBuilder()
                            .setOrderId(completed.orderId())
                            .setAt(ProtoTime.of(completed.at()))
                            .build();
            case Cancelled cancelled ->
                    ShoppingListCancelled.newBuilder()
                            .setOrderId(cancelled.orderId())
                            .setAt(ProtoTime.of(cancelled.at()))
                            .build();
        };
    }
}
