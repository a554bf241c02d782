package io.waybill.bench.load;

import java.time.Duration;
import java.util.Arrays;

/** Times that were measured, every one kept, so that percentiles are exact. Not thread-safe. */
public final class Samples {

    private long[] nanos = new long[1 << 12];
    private int count;

    /** Adds one. */
    public void add(long sample) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = sample;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /**
     * The smallest sample that at least this part of all samples does not exceed; zero when there
     * are none.
     *
     * @param part above 0, up to 1
     */
    public Duration percentile(double part) {
        if (count == 0) {
            return Duration.ZERO;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(part * count);
        return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
    }

    /** Their mean; zero when there are none. */
    public Duration mean() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += nanos[i];
        }
        return Duration.ofNanos(count == 0 ? 0 : sum / count);
    }
}
