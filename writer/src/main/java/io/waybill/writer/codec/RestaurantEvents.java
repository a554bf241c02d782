package io.waybill.writer.codec;

import com.google.protobuf.Message;

import io.waybill.proto.restaurant.v1.RestaurantClosed;
import io.waybill.proto.restaurant.v1.RestaurantOpened;
import io.waybill.proto.restaurant.v1.RestaurantRegistered;
import io.waybill.proto.restaurant.v1.RestaurantUpdated;
import io.waybill.writer.domain.Change;
import io.waybill.writer.restaurant.RestaurantEvent;
import io.waybill.writer.restaurant.RestaurantEvent.Closed;
import io.waybill.writer.restaurant.RestaurantEvent.ItemSet;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReleased;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReserved;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsTaken;
import io.waybill.writer.restaurant.RestaurantEvent.Opened;
import io.waybill.writer.restaurant.RestaurantEvent.Registered;
import io.waybill.writer.restaurant.RestaurantEvent.Reviewed;
import io.waybill.writer.restaurant.RestaurantEvent.Updated;
import io.waybill.writer.restaurant.Review;
import io.waybill.writer.time.ProtoTime;

import java.util.Currency;

/** What happened to restaurants, as it is stored. */
final class RestaurantEvents {

    static final StoredEvents<RestaurantEvent> STORED =
            StoredEvents.<RestaurantEvent>of("a restaurant")
                    .and(
                            RestaurantRegistered.getDefaultInstance(),
                            registered ->
                                    new Registered(
                                            registered.getId(),
                                            registered.getName(),
                                            Currency.getInstance(registered.getCurrency()),
                                            Review.valueOf(registered.getReview()),
                                            ProtoTime.toInstant(registered.getAt())))
                    .and(
                            RestaurantUpdated.getDefaultInstance(),
                            updated ->
                                    new Updated(
                                            updated.getId(),
                                            Change.given(updated.hasName(), updated::getName),
                                            Change.given(
                                                    updated.hasReview(),
                                                    () -> Review.valueOf(updated.getReview())),
                                            ProtoTime.toInstant(updated.getAt())))
                    .and(
                            io.waybill.proto.restaurant.v1.ItemSet.getDefaultInstance(),
                            item ->
                                    new ItemSet(
                                            item.getId(),
                                            item.getCode(),
                                            item.getName(),
                                            ProtoMoney.toMoney(item.getUnitPrice()),
                                            item.getOnHand(),
                                            ProtoTime.toInstant(item.getAt())))
                    .and(
                            RestaurantOpened.getDefaultInstance(),
                            opened ->
                                    new Opened(opened.getId(), ProtoTime.toInstant(opened.getAt())))
                    .and(
                            RestaurantClosed.getDefaultInstance(),
                            closed ->
                                    new Closed(closed.getId(), ProtoTime.toInstant(closed.getAt())))
                    .and(
                            io.waybill.proto.restaurant.v1.ItemsReserved.getDefaultInstance(),
                            reserved ->
                                    new ItemsReserved(
                                            reserved.getId(),
                                            reserved.getOrderId(),
                                            ProtoItems.toItems(reserved.getItemsList()),
                                            ProtoTime.toInstant(reserved.getAt())))
                    .and(
                            io.waybill.proto.restaurant.v1.ItemsReleased.getDefaultInstance(),
                            released ->
                                    new ItemsReleased(
                                            released.getId(),
                                            released.getOrderId(),
                                            ProtoItems.toItems(released.getItemsList()),
                                            ProtoTime.toInstant(released.getAt())))
                    .and(
                            io.waybill.proto.restaurant.v1.Reviewed.getDefaultInstance(),
                            reviewed ->
                                    new Reviewed(
                                            reviewed.getId(),
                                            reviewed.getOrderId(),
                                            reviewed.getApproved(),
                                            ProtoTime.toInstant(reviewed.getAt())))
                    .and(
                            io.waybill.proto.restaurant.v1.ItemsTaken.getDefaultInstance(),
                            taken ->
                                    new ItemsTaken(
                                            taken.getId(),
                                            taken.getOrderId(),
                                            ProtoItems.toItems(taken.getItemsList()),
                                            ProtoTime.toInstant(taken.getAt())));

    private RestaurantEvents() {}

    static Message write(RestaurantEvent event) {
        return switch (event) {
            case Registered registered ->
                    RestaurantRegistered.newBuilder()
                            .setId(registered.id())
                            .setName(registered.name())
                            .setCurrency(registered.currency().getCurrencyCode())
                            .setReview(registered.review().name())
                            .setAt(ProtoTime.of(registered.at()))
                            .build();
            case Updated updated -> write(updated);
            case ItemSet item ->
                    io.waybill.proto.restaurant.v1.ItemSet.newBuilder()
                            .setId(item.id())
                            .setCode(item.code())
                            .setName(item.name())
                            .setUnitPrice(ProtoMoney.of(item.unitPrice()))
                            .setOnHand(item.onHand())
                            .setAt(ProtoTime.of(item.at()))
                            .build();
            case Opened opened ->
                    RestaurantOpened.newBuilder()
                            .setId(opened.id())
                            .setAt(ProtoTime.of(opened.at()))
                            .build();
            case Closed closed ->
                    RestaurantClosed.newBuilder()
                            .setId(closed.id())
                            .setAt(ProtoTime.of(closed.at()))
                            .build();
            case ItemsReserved reserved ->
                    io.waybill.proto.restaurant.v1.ItemsReserved.newBuilder()
                            .setId(reserved.id())
                            .setOrderId(reserved.orderId())
                            .addAllItems(ProtoItems.of(reserved.items()))
                            .setAt(ProtoTime.of(reserved.at()))
                            .build();
            case ItemsReleased released ->
                    io.waybill.proto.restaurant.v1.ItemsReleased.newBuilder()
                            .setId(released.id())
                            .setOrderId(released.orderId())
                            .addAllItems(ProtoItems.of(released.items()))
                            .setAt(ProtoTime.of(released.at()))
                            .build();
            case Reviewed reviewed ->
                    io.waybill.proto.restaurant.v1.Reviewed.newBuilder()
                            .setId(reviewed.id())
                            .setOrderId(reviewed.orderId())
                            .setApproved(reviewed.approved())
                            .setAt(ProtoTime.of(reviewed.at()))
                            .build();
            case ItemsTaken taken ->
                    io.waybill.proto.restaurant.v1.ItemsTaken.newBuilder()
                            .setId(taken.id())
                            .setOrderId(taken.orderId())
                            .addAllItems(ProtoItems.of(taken.items()))
                            .setAt(ProtoTime.of(taken.at()))
                            .build();
        };
    }

    private static Message write(Updated event) {
        RestaurantUpdated.Builder updated =
                RestaurantUpdated.newBuilder().setId(event.id()).setAt(ProtoTime.of(event.at()));
        if (event.name() instanceof Change.To<String>(String name)) {
            updated.setName(name);
        }
        if (event.review() instanceof Change.To<Review>(Review review)) {
            updated.setReview(review.name());
        }
        return updated.build();
    }
}
