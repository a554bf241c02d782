package io.waybill.writer.shopping;

import io.waybill.writer.money.Item;

import java.time.Instant;
import java.util.List;

/**
 * What may be asked of a shopping list. Each command names its order and carries the time at which
 * it is decided.
 */
public sealed interface ShoppingCommand {

    String orderId();

    Instant at();

    record Create(String orderId, String restaurantId, List<Item> items, Instant at)
            implements ShoppingCommand {}

    /** Lets the kitchen begin. */
    record Initiate(String orderId, Instant at) implements ShoppingCommand {}

    /** Gives it to somebody, or to somebody else. */
    record Assign(String orderId, String assignee, Instant at) implements ShoppingCommand {}

    /** Says that everything on it is put together. */
    record Complete(String orderId, Instant at) implements ShoppingCommand {}

    /**
     * Takes its creation back. Never refused.
     *
     * @param undone what the creation did; nothing when it was refused, or never came
     */
    record Cancel(String orderId, List<ShoppingEvent.Created> undone, Instant at)
            implements ShoppingCommand {}
}
