package io.waybill.writer.shopping;

import io.waybill.writer.money.Item;

import java.time.Instant;
import java.util.List;

/** What happened to a shopping list. */
public sealed interface ShoppingEvent {

    String orderId();

    Instant at();

    record Created(String orderId, String restaurantId, List<Item> items, Instant at)
            implements ShoppingEvent {}

    record Initiated(String orderId, Instant at) implements ShoppingEvent {}

    record Assigned(String orderId, String assignee, Instant at) implements ShoppingEvent {}

    record Completed(String orderId, Instant at) implements ShoppingEvent {}

    record Cancelled(String orderId, Instant at) implements ShoppingEvent {}
}
