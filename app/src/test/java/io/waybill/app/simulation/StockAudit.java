package io.waybill.app.simulation;

import static io.waybill.app.simulation.Audit.require;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.common.v1.Item;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.restaurant.v1.ItemSet;
import io.waybill.proto.restaurant.v1.ItemsReleased;
import io.waybill.proto.restaurant.v1.ItemsReserved;
import io.waybill.proto.restaurant.v1.ItemsTaken;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows all stock, movement by movement: every item is right after each (R14). */
final class StockAudit {

    private static final class Stock {
        long onHand;
        long reserved;
    }

    /** What became of an order's items, by their codes. */
    static final class Share {
        final Map<String, Long> reserved = new HashMap<>();
        final Map<String, Long> taken = new HashMap<>();
    }

    private final Map<String, Stock> stocks = new HashMap<>();
    private final Map<String, Share> shares = new HashMap<>();

    void take(String restaurant, String name, RecordedEvent event)
            throws InvalidProtocolBufferException {
        switch (name) {
            case "ItemSet" -> {
                ItemSet set = ItemSet.parseFrom(event.getData());
                stock(restaurant, set.getCode()).onHand = set.getOnHand();
                check(restaurant, set.getCode());
            }
            case "ItemsReserved" -> {
                ItemsReserved reserved = ItemsReserved.parseFrom(event.getData());
                move(restaurant, reserved.getOrderId(), reserved.getItemsList(), 1, false);
            }
            case "ItemsReleased" -> {
                ItemsReleased released = ItemsReleased.parseFrom(event.getData());
                move(restaurant, released.getOrderId(), released.getItemsList(), -1, false);
            }
            case "ItemsTaken" -> {
                ItemsTaken taken = ItemsTaken.parseFrom(event.getData());
                move(restaurant, taken.getOrderId(), taken.getItemsList(), -1, true);
            }
            default -> {
                // nothing of it concerns the stock
            }
        }
    }

    Share share(String order) {
        return shares.computeIfAbsent(order, id -> new Share());
    }

    private void move(
            String restaurant, String order, List<Item> items, int direction, boolean taken) {
        for (Item item : items) {
            Stock stock = stock(restaurant, item.getCode());
            long quantity = (long) direction * item.getQuantity();
            stock.reserved += quantity;
            share(order).reserved.merge(item.getCode(), quantity, Long::sum);
            if (taken) {
                stock.onHand += quantity;
                share(order).taken.merge(item.getCode(), -quantity, Long::sum);
            }
            check(restaurant, item.getCode());
        }
    }

    private void check(String restaurant, String code) {
        Stock stock = stock(restaurant, code);
        require(
                stock.reserved >= 0 && stock.onHand >= stock.reserved,
                "%s of %s: %d on hand, %d reserved",
                code,
                restaurant,
                stock.onHand,
                stock.reserved);
    }

    private Stock stock(String restaurant, String code) {
        return stocks.computeIfAbsent(restaurant + "/" + code, key -> new Stock());
    }
}
