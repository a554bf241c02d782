package io.waybill.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Many seeds of {@link OrderSimulation}. A night's worth: {@code -Dwaybill.simulation.runs=10000}.
 */
class OrderSimulationTest {

    /** How many runs meet every end that an order can come to. */
    private static final long ENOUGH_FOR_EVERY_END = 500;

    private static final List<String> ENDS =
            List.of(
                    "OrderApproved",
                    "OrderCancelled",
                    "AUTHORIZE_CUSTOMER UNKNOWN_CUSTOMER",
                    "AUTHORIZE_CUSTOMER CUSTOMER_DISABLED",
                    "AUTHORIZE_CUSTOMER TIMED_OUT",
                    "RESERVE_ITEMS RESTAURANT_CLOSED",
                    "RESERVE_ITEMS UNKNOWN_ITEM",
                    "RESERVE_ITEMS PRICE_CHANGED",
                    "RESERVE_ITEMS CURRENCY_MISMATCH",
                    "RESERVE_ITEMS OUT_OF_STOCK",
                    "RESERVE_ITEMS TIMED_OUT",
                    "CREATE_SHOPPING_LIST TIMED_OUT",
                    "DEBIT_PAYMENT INSUFFICIENT_FUNDS",
                    "DEBIT_PAYMENT UNKNOWN_PAYMENT",
                    "DEBIT_PAYMENT TIMED_OUT",
                    "REVIEW RESTAURANT_CLOSED",
                    "REVIEW RESTAURANT_DECLINED",
                    "REVIEW TIMED_OUT");

    @Test
    void every_order_is_carried_out_whole_or_leaves_nothing_behind_whatever_fails() {
        Seeds seeds = Seeds.of(500);
        Set<String> ends = ConcurrentHashMap.newKeySet();
        assertThat(seeds.run(seed -> new OrderSimulation(seed, ends)))
                .isGreaterThan(10 * seeds.runs());
        if (seeds.runs() >= ENOUGH_FOR_EVERY_END) {
            assertThat(ends).containsAll(ENDS);
        }
    }
}
