package io.waybill.writer.shopping;

/** The shopping list of an order, in one of its phases. */
public sealed interface ShoppingList {

    /** Nobody asked for it. */
    record Absent() implements ShoppingList {}

    /** It waits until the order is paid and taken. */
    record Created(String orderId) implements ShoppingList {}

    /** The kitchen may begin. */
    record Initiated(String orderId) implements ShoppingList {}

    /**
     * Somebody puts it together.
     *
     * @param assignee who that is
     */
    record Assigned(String orderId, String assignee) implements ShoppingList {}

    /** Everything is put together. */
    record Completed(String orderId) implements ShoppingList {}

    /** The order is undone. */
    record Cancelled(String orderId) implements ShoppingList {}
}
