package io.waybill.database.restaurant;

import io.waybill.database.projection.Happening;
import io.waybill.database.projection.UnknownEventException;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.restaurant.v1.ItemSet;
import io.waybill.proto.restaurant.v1.MenuItemView;
import io.waybill.proto.restaurant.v1.RestaurantView;

import java.util.List;

/**
 * The menu of a restaurant's view, in the order of the items' codes.
 *
 * @param restaurant whose menu is changed
 */
record Menu(RestaurantView.Builder restaurant) {

    /** What happens to the stock of an item. */
    @FunctionalInterface
    interface Change {
        Stock of(Stock stock, int quantity);
    }

    static Menu of(RestaurantView.Builder restaurant) {
        return new Menu(restaurant);
    }

    /** Puts an item on the menu, or changes it; what is reserved of it stays reserved. */
    void set(ItemSet set) {
        int place = place(set.getCode());
        boolean known = place >= 0;
        int reserved = known ? restaurant.getMenu(place).getReserved() : 0;
        MenuItemView item =
                new Stock(set.getOnHand(), reserved)
                        .in(
                                MenuItemView.newBuilder()
                                        .setCode(set.getCode())
                                        .setName(set.getName())
                                        .setUnitPrice(set.getUnitPrice()))
                        .build();
        if (known) {
            restaurant.setMenu(place, item);
        } else {
            restaurant.addMenu(-place - 1, item);
        }
    }

    /**
     * Changes the stock of some items.
     *
     * @throws UnknownEventException when the menu has one of them not
     */
    void restock(List<Item> items, Change change, Happening event) throws UnknownEventException {
        for (Item item : items) {
            int place = place(item.getCode());
            if (place < 0) {
                throw event.outOfPlace();
            }
            MenuItemView before = restaurant.getMenu(place);
            Stock stock = change.of(Stock.of(before), item.getQuantity());
            restaurant.setMenu(place, stock.in(before.toBuilder()).build());
        }
    }

    /** Where an item stands; when it does not, -1 less than where it would. */
    private int place(String code) {
        int low = 0;
        int high = restaurant.getMenuCount() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = restaurant.getMenu(middle).getCode().compareTo(code);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
