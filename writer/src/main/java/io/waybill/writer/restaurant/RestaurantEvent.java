package io.waybill.writer.restaurant;

import io.waybill.writer.domain.Change;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;

import java.time.Instant;
import java.util.Currency;
import java.util.List;

/** What happened to a restaurant. */
public sealed interface RestaurantEvent {

    String id();

    Instant at();

    /** It is closed, and its menu is empty. */
    record Registered(String id, String name, Currency currency, Review review, Instant at)
            implements RestaurantEvent {}

    record Updated(String id, Change<String> name, Change<Review> review, Instant at)
            implements RestaurantEvent {}

    /**
     * An item was put on the menu, or changed.
     *
     * @param onHand how many there are, those that are reserved included
     */
    record ItemSet(String id, String code, String name, Money unitPrice, int onHand, Instant at)
            implements RestaurantEvent {}

    record Opened(String id, Instant at) implements RestaurantEvent {}

    record Closed(String id, Instant at) implements RestaurantEvent {}

    record ItemsReserved(String id, String orderId, List<Item> items, Instant at)
            implements RestaurantEvent {}

    record ItemsReleased(String id, String orderId, List<Item> items, Instant at)
            implements RestaurantEvent {}

    /**
     * It was asked to review an order.
     *
     * @param approved whether it approves at once; otherwise a person is to decide
     */
    record Reviewed(String id, String orderId, boolean approved, Instant at)
            implements RestaurantEvent {}

    record ItemsTaken(String id, String orderId, List<Item> items, Instant at)
            implements RestaurantEvent {}
}
