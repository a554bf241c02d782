package io.waybill.wire.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Time that passes only when it is told to, for tests and simulations: several event loops share
 * it, and all of them run on the caller's thread.
 *
 * <p>Each loop runs its tasks in the order of their times, and those of one time in the order
 * given. Which of several loops runs next is drawn from the seed, so that the same seed with the
 * same program gives the same run. Not safe for use by many threads: everything happens on the one
 * that drives it.
 */
public final class VirtualTime {

    private final RandomGenerator random;
    private final Instant start;
    private final List<VirtualEventLoop> loops = new ArrayList<>();

    /** Those that may run in the step at hand. */
    private final List<VirtualEventLoop> ready = new ArrayList<>();

    private long now;
    private long given;

    /** Time that begins at an instant, with everything that is left to chance drawn from a seed. */
    public VirtualTime(long seed, Instant start) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.start = start;
    }

    /** A new loop in this time. */
    public VirtualEventLoop loop(String name) {
        VirtualEventLoop loop = new VirtualEventLoop(this, name);
        loops.add(loop);
        return loop;
    }

    /** The chance of this run: what a simulation draws from it is repeated with the seed. */
    public RandomGenerator random() {
        return random;
    }

    /** Nanoseconds since the beginning. */
    public long nanoTime() {
        return now;
    }

    /** The true time of day; a loop's own may be off. */
    public Instant now() {
        return start.plusNanos(now);
    }

    /**
     * Runs one task, letting time pass up to when it is due.
     *
     * @return whether there was one
     */
    public boolean step() {
        return step(Long.MAX_VALUE);
    }

    /** Runs all that falls due within a while, and lets just that while pass. */
    public void run(Duration aWhile) {
        long end = now + aWhile.toNanos();
        while (step(end)) {
            // each step is the work
        }
        now = end;
    }

    /**
     * Runs tasks until a condition holds.
     *
     * @return whether it held before the time was over or nothing was left to run
     */
    public boolean runUntil(BooleanSupplier condition, Duration atMost) {
        long end = now + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (!step(end)) {
                return false;
            }
        }
        return true;
    }

    long nextSequence() {
        return given++;
    }

    void forget(VirtualEventLoop loop) {
        loops.remove(loop);
    }

    private boolean step(long end) {
        long earliest = Long.MAX_VALUE;
        for (VirtualEventLoop loop : loops) {
            earliest = Math.min(earliest, loop.nextDue());
        }
        if (earliest == Long.MAX_VALUE || earliest > end) {
            return false;
        }
        now = Math.max(now, earliest);
        ready.clear();
        for (VirtualEventLoop loop : loops) {
            if (loop.nextDue() <= now) {
                ready.add(loop);
            }
        }
        ready.get(ready.size() == 1 ? 0 : random.nextInt(ready.size())).runNext();
        return true;
    }
}
