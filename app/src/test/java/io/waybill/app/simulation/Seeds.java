package io.waybill.app.simulation;

import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * The seeds that a simulation is run with, on all cores, as each run stands alone. {@code
 * -Dwaybill.simulation.first=SEED -Dwaybill.simulation.runs=1} shows one again.
 *
 * @param first the first seed
 * @param runs how many there are, one after the other
 */
record Seeds(long first, long runs) {

    /** A world that is run once. */
    interface Simulation {

        /**
         * Runs it to its end and checks it.
         *
         * @return how much was done in it
         */
        long run();

        /** Which faults it has. */
        @Override
        String toString();
    }

    /** Those that the system properties name; where they say nothing, so many from 1. */
    static Seeds of(long runs) {
        return new Seeds(
                Long.getLong("waybill.simulation.first", 1),
                Long.getLong("waybill.simulation.runs", runs));
    }

    /**
     * Runs a simulation with each seed.
     *
     * @return how much was done in all
     * @throws AssertionError when one fails; it names the seed
     */
    long run(LongFunction<Simulation> simulation) {
        return LongStream.range(first, first + runs)
                .parallel()
                .map(seed -> run(seed, simulation.apply(seed)))
                .sum();
    }

    private static long run(long seed, Simulation simulation) {
        try {
            return simulation.run();
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + " with " + simulation + ": " + e, e);
        }
    }
}
