package io.waybill.writer.restaurant;

import static io.waybill.writer.domain.RefusalCode.CURRENCY_MISMATCH;
import static io.waybill.writer.domain.RefusalCode.OUT_OF_STOCK;
import static io.waybill.writer.domain.RefusalCode.PRICE_CHANGED;
import static io.waybill.writer.domain.RefusalCode.UNKNOWN_ITEM;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.domain.Scenario;
import io.waybill.writer.domain.Scenario.Then;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.restaurant.RestaurantCommand.Reserve;
import io.waybill.writer.restaurant.RestaurantEvent.ItemSet;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReserved;
import io.waybill.writer.restaurant.RestaurantEvent.Opened;
import io.waybill.writer.restaurant.RestaurantEvent.Registered;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Currency;
import java.util.List;

class ReservingTest {

    private static final Instant AT = Instant.parse("2026-01-01T09:00:00Z");
    private static final Scenario<RestaurantCommand, Restaurant, RestaurantEvent> RESTAURANTS =
            new Scenario<>(
                    RestaurantFold.initial(), RestaurantFold::evolve, RestaurantDecider::decide);
    private static final RestaurantEvent[] MARIO = {
        new Registered("r1", "Mario", Currency.getInstance("EUR"), Review.AUTO, AT),
        new ItemSet("r1", "pizza", "Pizza", eur(950), 5, AT),
        new ItemSet("r1", "wine", "Wine", eur(1800), 1, AT),
        new Opened("r1", AT)
    };

    @Test
    void all_that_is_asked_for_is_reserved() {
        List<Item> items = List.of(pizzas(5), new Item("wine", "Wine", eur(1800), 1));
        ItemsReserved reserved = new ItemsReserved("r1", "o1", items, AT);
        reserving(items).then(reserved);

        Menu menu =
                ((Restaurant.Registered)
                                RestaurantFold.evolve(RESTAURANTS.fold(List.of(MARIO)), reserved))
                        .menu();
        assertThat(menu.items().values())
                .extracting(MenuItem::stock)
                .containsExactlyInAnyOrder(new Stock(5, 5), new Stock(1, 1));
    }

    @Test
    void the_name_that_an_order_gives_an_item_does_not_matter() {
        List<Item> items = List.of(new Item("pizza", "Margherita", eur(950), 1));
        reserving(items).then(new ItemsReserved("r1", "o1", items, AT));
    }

    @Test
    void an_item_that_is_not_on_the_menu_is_named_and_nothing_is_reserved() {
        reserving(List.of(pizzas(1), new Item("beer", "Beer", eur(400), 1)))
                .thenRefused(
                        UNKNOWN_ITEM,
                        "order_items[1].code",
                        "item beer is not on the menu of Mario");
    }

    @Test
    void a_changed_price_names_the_item_and_both_prices() {
        reserving(List.of(new Item("pizza", "Pizza", eur(900), 1)))
                .thenRefused(
                        PRICE_CHANGED,
                        "order_items[0].unit_price",
                        "item pizza costs 9.50 EUR, not 9.00 EUR");
    }

    @Test
    void a_price_in_another_currency_is_refused() {
        reserving(List.of(new Item("pizza", "Pizza", Money.of("USD", 950), 1)))
                .thenRefused(
                        CURRENCY_MISMATCH,
                        "currency",
                        "the prices of Mario are in EUR, not in USD");
    }

    @Test
    void more_than_is_available_is_refused() {
        reserving(List.of(pizzas(6)))
                .thenRefused(
                        OUT_OF_STOCK,
                        "order_items[0].quantity",
                        "of item pizza 5 are available, not 6");
    }

    @Test
    void what_is_reserved_for_others_is_not_available() {
        ItemsReserved others = new ItemsReserved("r1", "o0", List.of(pizzas(4)), AT);
        Restaurant restaurant = RestaurantFold.evolve(RESTAURANTS.fold(List.of(MARIO)), others);
        new Then<>(
                        RestaurantDecider.decide(
                                new Reserve("r1", "o1", List.of(pizzas(2)), AT), restaurant))
                .thenRefused(
                        OUT_OF_STOCK,
                        "order_items[0].quantity",
                        "of item pizza 1 are available, not 2");
    }

    @Test
    void one_item_asked_for_twice_needs_both() {
        reserving(List.of(pizzas(3), pizzas(3)))
                .thenRefused(
                        OUT_OF_STOCK,
                        "order_items[1].quantity",
                        "of item pizza 5 are available, not 6");
    }

    @Test
    void the_first_item_at_fault_is_named() {
        reserving(
                        List.of(
                                new Item("wine", "Wine", eur(1800), 2),
                                new Item("beer", "Beer", eur(400), 1)))
                .thenRefused(
                        OUT_OF_STOCK,
                        "order_items[0].quantity",
                        "of item wine 1 are available, not 2");
    }

    private static Then<RestaurantEvent> reserving(List<Item> items) {
        return RESTAURANTS.given(MARIO).when(new Reserve("r1", "o1", items, AT));
    }

    private static Item pizzas(int quantity) {
        return new Item("pizza", "Pizza", eur(950), quantity);
    }

    private static Money eur(long cents) {
        return Money.of("EUR", cents);
    }
}
