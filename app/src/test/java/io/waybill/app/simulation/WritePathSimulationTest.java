package io.waybill.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Many seeds of {@link WritePathSimulation}. To see one again: {@code
 * -Dwaybill.simulation.first=SEED -Dwaybill.simulation.runs=1}.
 */
class WritePathSimulationTest {

    private static final long FIRST = Long.getLong("waybill.simulation.first", 1);
    private static final long RUNS = Long.getLong("waybill.simulation.runs", 1_000);

    @Test
    void every_accepted_command_gets_one_outcome_in_order_whatever_fails() {
        long accepted = 0;
        for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
            WritePathSimulation simulation = new WritePathSimulation(seed);
            try {
                accepted += simulation.run();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + " with " + simulation + ": " + e, e);
            }
        }
        assertThat(accepted).isGreaterThan(20 * RUNS);
    }
}
