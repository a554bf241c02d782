package io.waybill.writer.saga;

import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;

import java.util.List;

/**
 * What a saga asks of a participant. An ask that takes something back is sent with the identity of
 * the command that it undoes.
 */
public sealed interface Ask {

    record AuthorizeCustomer(String customerId) implements Ask {}

    record ReserveItems(String restaurantId, String orderId, List<Item> items) implements Ask {}

    record ReleaseItems(String restaurantId, String orderId) implements Ask {}

    record CreateShoppingList(String orderId, String restaurantId, List<Item> items)
            implements Ask {}

    record CancelShoppingList(String orderId) implements Ask {}

    /**
     * The payment.
     *
     * @param paymentId the authorization that pays; empty when the balance does
     */
    record DebitPayment(String customerId, String orderId, Money amount, String paymentId)
            implements Ask {}

    record VoidPayment(String customerId, String orderId) implements Ask {}

    record ReviewOrder(String restaurantId, String orderId) implements Ask {}

    record TakeItems(String restaurantId, String orderId, List<Item> items) implements Ask {}

    record InitiateShopping(String orderId) implements Ask {}

    /** May the customer order? */
    static Ask authorizeCustomer(Terms order) {
        return new AuthorizeCustomer(order.customerId());
    }

    /** Keeps the items for the order. */
    static Ask reserveItems(Terms order) {
        return new ReserveItems(order.restaurantId(), order.orderId(), order.items());
    }

    /** Gives the items back. */
    static Ask releaseItems(Terms order) {
        return new ReleaseItems(order.restaurantId(), order.orderId());
    }

    /** Lays out the list that the kitchen is to work from. */
    static Ask createShoppingList(Terms order) {
        return new CreateShoppingList(order.orderId(), order.restaurantId(), order.items());
    }

    /** Throws that list away. */
    static Ask cancelShoppingList(Terms order) {
        return new CancelShoppingList(order.orderId());
    }

    /** Pays the total. */
    static Ask debitPayment(Terms order) {
        return new DebitPayment(
                order.customerId(), order.orderId(), order.total(), order.paymentId());
    }

    /** Gives the total back. */
    static Ask voidPayment(Terms order) {
        return new VoidPayment(order.customerId(), order.orderId());
    }

    /** Does the restaurant take the order? */
    static Ask reviewOrder(Terms order) {
        return new ReviewOrder(order.restaurantId(), order.orderId());
    }

    /** Takes the kept items out of the stock. */
    static Ask takeItems(Terms order) {
        return new TakeItems(order.restaurantId(), order.orderId(), order.items());
    }

    /** Lets the kitchen begin. */
    static Ask initiateShopping(Terms order) {
        return new InitiateShopping(order.orderId());
    }
}
