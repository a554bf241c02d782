package io.waybill.writer.order;

import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.saga.Terms;

import java.time.Instant;
import java.util.List;

/** The order that most tests are about: two pizzas and a salad. */
final class Orders {

    static final String CUSTOMER = "0190a6e2-0000-7000-8000-00000000000c";
    static final String RESTAURANT = "0190a6e2-0000-7000-8000-00000000000d";

    private Orders() {}

    static OrderCommand.Create create(String id, Instant at) {
        return create(
                id,
                at,
                new OrderCommand.Line("pizza", "Pizza", "9.50", 2),
                new OrderCommand.Line("salad", "Salad", "4.05", 1));
    }

    static OrderCommand.Create create(String id, Instant at, OrderCommand.Line... lines) {
        return new OrderCommand.Create(id, CUSTOMER, RESTAURANT, List.of(lines), "EUR", "", at);
    }

    static Terms terms(String id) {
        return new Terms(
                id,
                CUSTOMER,
                RESTAURANT,
                List.of(
                        new Item("pizza", "Pizza", Money.of("EUR", 950), 2),
                        new Item("salad", "Salad", Money.of("EUR", 405), 1)),
                Money.of("EUR", 2305),
                "");
    }
}
