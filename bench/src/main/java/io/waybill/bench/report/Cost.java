package io.waybill.bench.report;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The CPU time that a load took.
 *
 * @param generator of this process
 * @param system of the system's process, where it is known
 * @param elapsed by the clock
 */
public record Cost(Duration generator, Optional<Duration> system, Duration elapsed) {

    /** Reads CPU times around a load. */
    public static final class Meter {

        private final Optional<ProcessHandle> system;

        /** Measures this process, and the system's when there is one on this machine. */
        public Meter(Optional<ProcessHandle> system) {
            this.system = system;
        }

        /** A load. */
        public interface Load {
            /** Runs it to its end. */
            void run() throws IOException;
        }

        /** Runs a load and says what it took. */
        public Cost during(Load load) throws IOException {
            Duration generator = cpu(ProcessHandle.current()).orElse(Duration.ZERO);
            Optional<Duration> before = system.flatMap(Meter::cpu);
            long begun = System.nanoTime();
            load.run();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
            return new Cost(
                    cpu(ProcessHandle.current()).orElse(generator).minus(generator),
                    before.flatMap(then -> system.flatMap(Meter::cpu).map(now -> now.minus(then))),
                    elapsed);
        }

        private static Optional<Duration> cpu(ProcessHandle process) {
            return process.info().totalCpuDuration();
        }
    }
}
