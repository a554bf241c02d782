package io.waybill.writer.restaurant;

import io.waybill.writer.domain.Change;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReserved;

import java.time.Instant;
import java.util.Currency;
import java.util.List;

/**
 * What may be asked of a restaurant. Each command names the restaurant and carries the time at
 * which it is decided. Prices are above zero.
 */
public sealed interface RestaurantCommand {

    String id();

    Instant at();

    /** One of the restaurant's own people, about a restaurant that is there. */
    sealed interface Edit extends RestaurantCommand {}

    /** One that carries an order out, or takes that back. */
    sealed interface ForOrder extends RestaurantCommand {

        String orderId();
    }

    record Register(String id, String name, Currency currency, Review review, Instant at)
            implements RestaurantCommand {}

    record Update(String id, Change<String> name, Change<Review> review, Instant at)
            implements Edit {}

    /**
     * Puts an item on the menu, or changes it.
     *
     * @param onHand how many there are, those that are reserved included; not below zero
     */
    record SetItem(String id, String code, String name, Money unitPrice, int onHand, Instant at)
            implements Edit {}

    record Open(String id, Instant at) implements Edit {}

    record Close(String id, Instant at) implements Edit {}

    /** Keeps all of the items for an order, or none. */
    record Reserve(String id, String orderId, List<Item> items, Instant at) implements ForOrder {}

    /**
     * Gives reserved items back. Never refused.
     *
     * @param undone what the reservation did; nothing when it was refused, or never came
     */
    record Release(String id, String orderId, List<ItemsReserved> undone, Instant at)
            implements ForOrder {}

    /** Asks whether the restaurant takes an order. */
    record ReviewOrder(String id, String orderId, Instant at) implements ForOrder {}

    /** Takes reserved items out of the stock. Never refused. */
    record Take(String id, String orderId, List<Item> items, Instant at) implements ForOrder {}
}
