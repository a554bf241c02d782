package io.waybill.writer.restaurant;

import static io.waybill.writer.domain.Decision.accept;
import static io.waybill.writer.domain.Decision.nothing;
import static io.waybill.writer.domain.Decision.refuseField;
import static io.waybill.writer.domain.RefusalCode.CURRENCY_MISMATCH;
import static io.waybill.writer.domain.RefusalCode.NOT_FOUND;
import static io.waybill.writer.domain.RefusalCode.RESERVED;
import static io.waybill.writer.domain.RefusalCode.RESTAURANT_CLOSED;
import static io.waybill.writer.domain.RefusalCode.TOO_MANY_ITEMS;
import static io.waybill.writer.domain.RefusalCode.UNKNOWN_RESTAURANT;

import io.waybill.writer.domain.Decision;
import io.waybill.writer.restaurant.Restaurant.Absent;
import io.waybill.writer.restaurant.Restaurant.Registered;
import io.waybill.writer.restaurant.RestaurantCommand.Close;
import io.waybill.writer.restaurant.RestaurantCommand.Edit;
import io.waybill.writer.restaurant.RestaurantCommand.ForOrder;
import io.waybill.writer.restaurant.RestaurantCommand.Open;
import io.waybill.writer.restaurant.RestaurantCommand.Register;
import io.waybill.writer.restaurant.RestaurantCommand.Release;
import io.waybill.writer.restaurant.RestaurantCommand.Reserve;
import io.waybill.writer.restaurant.RestaurantCommand.ReviewOrder;
import io.waybill.writer.restaurant.RestaurantCommand.SetItem;
import io.waybill.writer.restaurant.RestaurantCommand.Take;
import io.waybill.writer.restaurant.RestaurantCommand.Update;
import io.waybill.writer.restaurant.RestaurantEvent.Closed;
import io.waybill.writer.restaurant.RestaurantEvent.ItemSet;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReleased;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReserved;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsTaken;
import io.waybill.writer.restaurant.RestaurantEvent.Opened;
import io.waybill.writer.restaurant.RestaurantEvent.Reviewed;
import io.waybill.writer.restaurant.RestaurantEvent.Updated;

import java.time.Instant;

/**
 * Decides restaurant commands. Pure: same command and state, same decision. To give back or to take
 * what is not reserved is a fault, and throws.
 */
public final class RestaurantDecider {

    private RestaurantDecider() {}

    /** What comes of a command, given what the restaurant is now. */
    public static Decision<RestaurantEvent> decide(
            RestaurantCommand command, Restaurant restaurant) {
        return switch (restaurant) {
            case Absent _ ->
                    switch (command) {
                        case Register register -> accept(registered(register));
                        case Edit edit -> notFound(edit);
                        case ForOrder order -> nowhere(order);
                    };
            case Registered registered ->
                    switch (command) {
                        // Its id follows from its identity: this is that very command, repeated.
                        case Register _ -> nothing();
                        case Edit edit -> edit(edit, registered);
                        case ForOrder order -> forOrder(order, registered);
                    };
        };
    }

    private static RestaurantEvent registered(Register register) {
        return new RestaurantEvent.Registered(
                register.id(),
                register.name(),
                register.currency(),
                register.review(),
                register.at());
    }

    private static Decision<RestaurantEvent> edit(Edit edit, Registered restaurant) {
        String id = restaurant.id();
        return switch (edit) {
            case Update update ->
                    accept(new Updated(id, update.name(), update.review(), update.at()));
            case SetItem item -> set(item, restaurant);
            case Open open -> restaurant.open() ? nothing() : accept(new Opened(id, open.at()));
            case Close close -> restaurant.open() ? accept(new Closed(id, close.at())) : nothing();
        };
    }

    private static Decision<RestaurantEvent> set(SetItem item, Registered restaurant) {
        if (!item.unitPrice().currency().equals(restaurant.currency())) {
            return refuseField(
                    "currency",
                    CURRENCY_MISMATCH,
                    "the prices of %s are in %s, not in %s",
                    restaurant.name(),
                    restaurant.currency(),
                    item.unitPrice().currency());
        }
        MenuItem known = restaurant.menu().get(item.code());
        if (known == null && restaurant.menu().isFull()) {
            return refuseField(
                    "code",
                    TOO_MANY_ITEMS,
                    "the menu of %s has %d items, and more do not fit",
                    restaurant.name(),
                    restaurant.menu().items().size());
        }
        if (known != null && item.onHand() < known.stock().reserved()) {
            return refuseField(
                    "on_hand",
                    RESERVED,
                    "of item %s %d are reserved for orders: %d on hand are too few",
                    item.code(),
                    known.stock().reserved(),
                    item.onHand());
        }
        return accept(
                new ItemSet(
                        restaurant.id(),
                        item.code(),
                        item.name(),
                        item.unitPrice(),
                        item.onHand(),
                        item.at()));
    }

    private static Decision<RestaurantEvent> forOrder(ForOrder command, Registered restaurant) {
        return switch (command) {
            case Reserve reserve ->
                    restaurant.open() ? Reserving.reserve(reserve, restaurant) : closed(restaurant);
            case Release release ->
                    new Decision.Accepted<>(
                            release.undone().stream()
                                    .map(done -> released(done, restaurant, release.at()))
                                    .toList());
            case ReviewOrder review ->
                    restaurant.open()
                            ? accept(
                                    new Reviewed(
                                            restaurant.id(),
                                            review.orderId(),
                                            restaurant.review() == Review.AUTO,
                                            review.at()))
                            : closed(restaurant);
            case Take take -> accept(taken(take, restaurant));
        };
    }

    private static RestaurantEvent released(ItemsReserved done, Registered restaurant, Instant at) {
        restaurant.menu().release(done.items());
        return new ItemsReleased(restaurant.id(), done.orderId(), done.items(), at);
    }

    private static RestaurantEvent taken(Take take, Registered restaurant) {
        restaurant.menu().take(take.items());
        return new ItemsTaken(restaurant.id(), take.orderId(), take.items(), take.at());
    }

    /** Nothing was reserved here, so that there is nothing to give back, and nothing to take. */
    private static Decision<RestaurantEvent> nowhere(ForOrder command) {
        return switch (command) {
            case Release release when release.undone().isEmpty() -> nothing();
            case Reserve _, ReviewOrder _ ->
                    refuseField(
                            "restaurant_id",
                            UNKNOWN_RESTAURANT,
                            "restaurant %s is not known",
                            command.id());
            case Release _, Take _ ->
                    throw new IllegalStateException(
                            "order %s has items reserved at restaurant %s, which is not there"
                                    .formatted(command.orderId(), command.id()));
        };
    }

    private static Decision<RestaurantEvent> notFound(Edit edit) {
        return refuseField("id", NOT_FOUND, "restaurant with id %s not found", edit.id());
    }

    private static Decision<RestaurantEvent> closed(Registered restaurant) {
        return refuseField(
                "restaurant_id", RESTAURANT_CLOSED, "restaurant %s is closed", restaurant.name());
    }
}
