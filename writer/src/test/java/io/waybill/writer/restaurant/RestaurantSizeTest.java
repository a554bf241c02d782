package io.waybill.writer.restaurant;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.domain.Decision;
import io.waybill.writer.domain.StateSize;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.restaurant.RestaurantCommand.Open;
import io.waybill.writer.restaurant.RestaurantCommand.Register;
import io.waybill.writer.restaurant.RestaurantCommand.Release;
import io.waybill.writer.restaurant.RestaurantCommand.Reserve;
import io.waybill.writer.restaurant.RestaurantCommand.ReviewOrder;
import io.waybill.writer.restaurant.RestaurantCommand.SetItem;
import io.waybill.writer.restaurant.RestaurantCommand.Take;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReserved;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Currency;
import java.util.List;

class RestaurantSizeTest {

    private static final Instant AT = Instant.parse("2026-01-01T09:00:00Z");
    private static final Money PRICE = Money.of("EUR", 950);

    private Restaurant restaurant = RestaurantFold.initial();

    @Test
    void a_restaurant_with_100_000_orders_behind_it_is_as_small_as_a_new_one() {
        apply(new Register("r1", "Mario", Currency.getInstance("EUR"), Review.AUTO, AT));
        for (int i = 0; i < 20; i++) {
            apply(new SetItem("r1", "item " + i, "x", PRICE, 1_000_000, AT));
        }
        apply(new Open("r1", AT));
        long fresh = StateSize.of(restaurant);

        for (int i = 0; i < 100_000; i++) {
            String order = "o" + i;
            List<Item> items = List.of(new Item("item " + i % 20, "x", PRICE, 2));
            ItemsReserved reserved = (ItemsReserved) apply(new Reserve("r1", order, items, AT));
            if (i % 3 == 0) {
                apply(new Release("r1", order, List.of(reserved), AT));
            } else {
                apply(new ReviewOrder("r1", order, AT));
                apply(new Take("r1", order, items, AT));
            }
        }

        assertThat(StateSize.of(restaurant)).isEqualTo(fresh);
    }

    private RestaurantEvent apply(RestaurantCommand command) {
        List<RestaurantEvent> events =
                ((Decision.Accepted<RestaurantEvent>) RestaurantDecider.decide(command, restaurant))
                        .events();
        assertThat(events).hasSize(1);
        restaurant = RestaurantFold.evolve(restaurant, events.getFirst());
        return events.getFirst();
    }
}
