package io.waybill.writer.saga;

import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;

import java.util.List;

/**
 * What was agreed when an order was created. It never changes.
 *
 * @param items at least one
 * @param total the exact sum of their prices
 * @param paymentId the authorization that pays; empty when the balance does
 */
public record Terms(
        String orderId,
        String customerId,
        String restaurantId,
        List<Item> items,
        Money total,
        String paymentId) {

    public Terms {
        items = List.copyOf(items);
    }
}
