package io.waybill.writer.restaurant;

import static io.waybill.writer.domain.Decision.accept;
import static io.waybill.writer.domain.Decision.refuseField;
import static io.waybill.writer.domain.RefusalCode.CURRENCY_MISMATCH;
import static io.waybill.writer.domain.RefusalCode.OUT_OF_STOCK;
import static io.waybill.writer.domain.RefusalCode.PRICE_CHANGED;
import static io.waybill.writer.domain.RefusalCode.UNKNOWN_ITEM;

import io.waybill.writer.domain.Decision;
import io.waybill.writer.money.Item;
import io.waybill.writer.restaurant.Restaurant.Registered;
import io.waybill.writer.restaurant.RestaurantCommand.Reserve;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReserved;

import java.util.HashMap;
import java.util.Map;

/**
 * Decides whether a menu can serve all that an order asks for, at the prices that it names. A
 * refusal names the first item at fault, by the field of the order in which the fault lies.
 */
final class Reserving {

    private Reserving() {}

    static Decision<RestaurantEvent> reserve(Reserve reserve, Registered restaurant) {
        Map<String, Long> asked = new HashMap<>();
        for (int i = 0; i < reserve.items().size(); i++) {
            Item item = reserve.items().get(i);
            long quantity = asked.merge(item.code(), (long) item.quantity(), Long::sum);
            String path = "order_items[" + i + "]";
            MenuItem known = restaurant.menu().get(item.code());
            if (known == null) {
                return refuseField(
                        path + ".code",
                        UNKNOWN_ITEM,
                        "item %s is not on the menu of %s",
                        item.code(),
                        restaurant.name());
            }
            if (!item.unitPrice().sameCurrency(known.unitPrice())) {
                return refuseField(
                        "currency",
                        CURRENCY_MISMATCH,
                        "the prices of %s are in %s, not in %s",
                        restaurant.name(),
                        restaurant.currency(),
                        item.unitPrice().currency());
            }
            if (!item.unitPrice().equals(known.unitPrice())) {
                return refuseField(
                        path + ".unit_price",
                        PRICE_CHANGED,
                        "item %s costs %s, not %s",
                        item.code(),
                        known.unitPrice(),
                        item.unitPrice());
            }
            if (quantity > known.stock().available()) {
                return refuseField(
                        path + ".quantity",
                        OUT_OF_STOCK,
                        "of item %s %d are available, not %d",
                        item.code(),
                        known.stock().available(),
                        quantity);
            }
        }
        return accept(
                new ItemsReserved(
                        restaurant.id(), reserve.orderId(), reserve.items(), reserve.at()));
    }
}
