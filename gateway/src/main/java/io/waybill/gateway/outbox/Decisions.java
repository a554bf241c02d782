package io.waybill.gateway.outbox;

import java.time.Duration;

/**
 * How many commands were decided in the last second, and how long that took them from when they
 * were accepted. Counted in slices of a tenth of a second; the slice that is still running does not
 * count. Not thread-safe.
 */
final class Decisions {

    private static final long SLICE = Duration.ofMillis(100).toNanos();
    private static final int SLICES = 10;

    /** Ten whole slices and the running one. */
    private final int[] counts = new int[SLICES + 1];

    private final long[] nanos = new long[SLICES + 1];
    private long running;

    /** One more, at a time of the loop's clock. */
    void add(long now, long acceptedAt) {
        moveTo(now);
        int slot = slot(running);
        counts[slot]++;
        nanos[slot] += now - acceptedAt;
    }

    /** How many were decided in the last second. */
    int inLastSecond(long now) {
        moveTo(now);
        int sum = -counts[slot(running)];
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    /** What a command of the last second took on average; zero when there was none. */
    Duration took(long now) {
        int count = inLastSecond(now);
        long sum = -nanos[slot(running)];
        for (long one : nanos) {
            sum += one;
        }
        return count == 0 ? Duration.ZERO : Duration.ofNanos(sum / count);
    }

    private void moveTo(long now) {
        long slice = Math.floorDiv(now, SLICE);
        long begun = Math.min(slice - running, counts.length);
        for (long i = 0; i < begun; i++) {
            int slot = slot(slice - i);
            counts[slot] = 0;
            nanos[slot] = 0;
        }
        running = slice;
    }

    private int slot(long slice) {
        return Math.floorMod(slice, counts.length);
    }
}
