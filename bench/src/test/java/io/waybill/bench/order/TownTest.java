package io.waybill.bench.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class TownTest {

    private final Town town = new Town(ids(16), ids(4), Ending.APPROVED);

    private static List<UUID> ids(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    private List<Town.Wish> wishes(int count) {
        return IntStream.range(0, count).mapToObj(town::wish).toList();
    }

    @Test
    void five_hundred_orders_fill_a_page_for_each_customer_restaurant_and_dish() {
        assertThat(counts(Town.Wish::customer)).hasSize(16).allSatisfy(this::fillsAPage);
        assertThat(counts(Town.Wish::restaurant)).hasSize(4).allSatisfy(this::fillsAPage);
        assertThat(counts(wish -> wish.lines().getFirst().dish()))
                .hasSize(Town.MENU.size())
                .allSatisfy(this::fillsAPage);
    }

    private <K> Map<K, Long> counts(Function<Town.Wish, K> by) {
        return wishes(500).stream().collect(Collectors.groupingBy(by, Collectors.counting()));
    }

    private void fillsAPage(Object key, long orders) {
        assertThat(orders).as("orders of %s", key).isGreaterThan(10);
    }

    @Test
    void orders_that_follow_each_other_are_at_different_restaurants() {
        List<Town.Wish> wishes = wishes(16);

        for (int i = 1; i < wishes.size(); i++) {
            assertThat(wishes.get(i).restaurant()).isNotEqualTo(wishes.get(i - 1).restaurant());
        }
    }

    @Test
    void no_order_names_a_dish_twice() {
        assertThat(wishes(10_000))
                .allSatisfy(
                        wish ->
                                assertThat(wish.lines())
                                        .extracting(Town.Line::dish)
                                        .doesNotHaveDuplicates());
    }
}
