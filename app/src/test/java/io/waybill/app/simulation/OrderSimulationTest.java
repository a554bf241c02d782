package io.waybill.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Many seeds of {@link OrderSimulation}. A night's worth: {@code -Dwaybill.simulation.runs=10000}.
 */
class OrderSimulationTest {

    @Test
    void every_order_is_carried_out_whole_or_leaves_nothing_behind_whatever_fails() {
        Seeds seeds = Seeds.of(500);
        assertThat(seeds.run(OrderSimulation::new)).isGreaterThan(10 * seeds.runs());
    }
}
