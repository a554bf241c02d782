package io.waybill.bench.load;

import java.time.Duration;

/**
 * When requests are due. A paced request counts from when it was due and not from when it could be
 * sent, so that a system that stalls is charged for every request that had to wait (no coordinated
 * omission). Not thread-safe.
 */
public interface Schedule {

    /** Whether one is due by now. */
    boolean due(long now);

    /** Takes the one that is due; gives the time it counts from. */
    long take(long now);

    /**
     * When the next is due without an answer coming first; {@link Long#MAX_VALUE}: never, or now.
     */
    long nextDue(long now);

    /** Whether none will be due any more. */
    boolean over(long now);

    /** Whether the time is not over yet; requests that are late may still be due after it. */
    boolean inTime(long now);

    /** As many as connections allow, for a time. */
    static Schedule asFastAsAnswered(long begin, Duration time) {
        long end = begin + time.toNanos();
        return new Schedule() {
            @Override
            public boolean due(long now) {
                return now < end;
            }

            @Override
            public long take(long now) {
                return now;
            }

            @Override
            public long nextDue(long now) {
                return now < end ? end : Long.MAX_VALUE;
            }

            @Override
            public boolean over(long now) {
                return now >= end;
            }

            @Override
            public boolean inTime(long now) {
                return now < end;
            }
        };
    }

    /** A fixed number a second, evenly spread, for a time. */
    static Schedule paced(long begin, int aSecond, Duration time) {
        long interval = 1_000_000_000L / aSecond;
        long all = time.toNanos() / interval;
        return new Schedule() {
            private long taken;

            @Override
            public boolean due(long now) {
                return taken < all && now >= nextDue(now);
            }

            @Override
            public long take(long now) {
                long due = nextDue(now);
                taken++;
                return due;
            }

            @Override
            public long nextDue(long now) {
                return taken < all ? begin + taken * interval : Long.MAX_VALUE;
            }

            @Override
            public boolean over(long now) {
                return taken >= all;
            }

            @Override
            public boolean inTime(long now) {
                return now - begin < time.toNanos();
            }
        };
    }

    /** So many, as fast as they may be sent. */
    static Schedule counted(int all) {
        return new Schedule() {
            private int taken;

            @Override
            public boolean due(long now) {
                return taken < all;
            }

            @Override
            public long take(long now) {
                taken++;
                return now;
            }

            @Override
            public long nextDue(long now) {
                return taken < all ? now : Long.MAX_VALUE;
            }

            @Override
            public boolean over(long now) {
                return taken >= all;
            }

            @Override
            public boolean inTime(long now) {
                return taken < all;
            }
        };
    }
}
