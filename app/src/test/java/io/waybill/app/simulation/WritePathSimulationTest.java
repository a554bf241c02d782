package io.waybill.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Many seeds of {@link WritePathSimulation}. */
class WritePathSimulationTest {

    @Test
    void every_accepted_command_gets_one_outcome_in_order_whatever_fails() {
        Seeds seeds = Seeds.of(1_000);
        assertThat(seeds.run(WritePathSimulation::new)).isGreaterThan(20 * seeds.runs());
    }
}
