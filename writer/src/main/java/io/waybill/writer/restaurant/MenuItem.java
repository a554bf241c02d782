package io.waybill.writer.restaurant;

import io.waybill.writer.money.Money;

/** What is on a menu: its price, and how much of it there is. */
public record MenuItem(Money unitPrice, Stock stock) {

    MenuItem with(Stock stock) {
        return new MenuItem(unitPrice, stock);
    }
}
