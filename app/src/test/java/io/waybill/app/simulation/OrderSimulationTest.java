package io.waybill.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Many seeds of {@link OrderSimulation}. To see one again: {@code -Dwaybill.simulation.first=SEED
 * -Dwaybill.simulation.runs=1}; a night's worth: {@code -Dwaybill.simulation.runs=10000}.
 */
class OrderSimulationTest {

    private static final long FIRST = Long.getLong("waybill.simulation.first", 1);
    private static final long RUNS = Long.getLong("waybill.simulation.runs", 500);

    @Test
    void every_order_is_carried_out_whole_or_leaves_nothing_behind_whatever_fails() {
        long orders = 0;
        for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
            OrderSimulation simulation = new OrderSimulation(seed);
            try {
                orders += simulation.run();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + " with " + simulation + ": " + e, e);
            }
        }
        assertThat(orders).isGreaterThan(10 * RUNS);
    }
}
