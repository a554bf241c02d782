package io.waybill.wire.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: doubles from {@code first} up to {@code most}, each time
 * with full jitter over its upper half, so that many who fail together do not come back together.
 * Immutable.
 */
public record Backoff(Duration first, Duration most) {

    /**
     * The wait before a try.
     *
     * @param failures how many tries have failed so far, from 1
     */
    public Duration after(int failures, RandomGenerator random) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 30);
        long ceiling = Math.min(most.toNanos(), saturatedShift(first.toNanos(), doublings));
        return Duration.ofNanos(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
    }

    private static long saturatedShift(long value, int doublings) {
        return value > (Long.MAX_VALUE >> doublings) ? Long.MAX_VALUE : value << doublings;
    }
}
