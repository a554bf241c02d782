package io.waybill.database.restaurant;

import io.waybill.proto.restaurant.v1.MenuItemView;

/** How much there is of an item. Available = on hand - reserved. */
record Stock(int onHand, int reserved) {

    static Stock of(MenuItemView item) {
        return new Stock(item.getOnHand(), item.getReserved());
    }

    /** Kept for an order. */
    Stock reserve(int quantity) {
        return new Stock(onHand, Math.addExact(reserved, quantity));
    }

    /** Kept no longer. */
    Stock release(int quantity) {
        return new Stock(onHand, Math.subtractExact(reserved, quantity));
    }

    /** Handed out of what was kept. */
    Stock take(int quantity) {
        return new Stock(
                Math.subtractExact(onHand, quantity), Math.subtractExact(reserved, quantity));
    }

    MenuItemView.Builder in(MenuItemView.Builder item) {
        return item.setOnHand(onHand).setReserved(reserved).setAvailable(onHand - reserved);
    }
}
