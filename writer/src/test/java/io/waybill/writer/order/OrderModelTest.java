package io.waybill.writer.order;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

/**
 * Whatever clients, participants, the queue and the clock do: an order ends once, what may have
 * happened is taken back in exactly the reverse order, and nothing is after the pivot.
 */
class OrderModelTest {

    private static final int RUNS = 400;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void every_order_ends_as_it_should(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            OrderWorld world = new OrderWorld(random, "seed " + seed + ", run " + run);
            for (int step = random.nextInt(120); step > 0; step--) {
                world.somethingHappens();
            }
            world.calmsDown();
        }
    }
}
