package io.waybill.writer.saga;

import java.time.Duration;

/**
 * How patient a saga is with one step, and with taking it back.
 *
 * @param deadline how long it may take; then it is refused, or stuck where it cannot be refused
 * @param firstPause after how long it is asked again for the first time
 * @param longestPause what the pauses grow to, each twice as long as the one before
 */
public record Pace(Duration deadline, Duration firstPause, Duration longestPause) {

    private static final int MOST_DOUBLINGS = 30;
    private static final int SPREAD = 8;
    private static final int GRAIN = 1_000;

    /**
     * Checks that time passes.
     *
     * @throws IllegalArgumentException when a duration is not positive, or the first pause is
     *     longer than the longest
     */
    public Pace {
        if (!deadline.isPositive() || !firstPause.isPositive()) {
            throw new IllegalArgumentException("a deadline and a pause are longer than nothing");
        }
        if (firstPause.compareTo(longestPause) > 0) {
            throw new IllegalArgumentException("the first pause is the shortest");
        }
    }

    /**
     * The pause after asking so many times. From the second on it is shorter by up to an eighth,
     * each order by its own, so that those who wait for the same do not come at once.
     *
     * @param times from 1
     */
    public Duration pause(int times, String orderId) {
        if (times <= 1) {
            return firstPause;
        }
        Duration whole = firstPause.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
        Duration pause = whole.compareTo(longestPause) > 0 ? longestPause : whole;
        int own = Math.floorMod(31 * orderId.hashCode() + times, GRAIN);
        Duration shorter = pause.minus(pause.dividedBy(SPREAD).multipliedBy(own).dividedBy(GRAIN));
        return shorter.compareTo(firstPause) < 0 ? firstPause : shorter;
    }
}
