package io.waybill.bench.report;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;

/**
 * One measured figure. Immutable.
 *
 * @param id its name for programs: {@code accept_p50}
 * @param what its name for people
 * @param unit {@code /s}, {@code ms}, {@code s}, {@code MB}, {@code us}, {@code x} or empty
 * @param bound what is asked of it; null when nothing is
 */
public record Figure(String id, String what, double value, String unit, @Nullable Bound bound) {

    /** What is asked of a figure: no less, or no more. */
    public record Bound(double limit, boolean atLeast) {

        boolean heldBy(double value) {
            return atLeast ? value >= limit : value <= limit;
        }
    }

    /** So many a second. */
    public static Figure rate(String id, String what, double aSecond) {
        return new Figure(id, what, aSecond, "/s", null);
    }

    /** A short time, in milliseconds. */
    public static Figure time(String id, String what, Duration time) {
        return new Figure(id, what, time.toNanos() / 1e6, "ms", null);
    }

    /** A longer time, in seconds. */
    public static Figure seconds(String id, String what, Duration time) {
        return new Figure(id, what, time.toNanos() / 1e9, "s", null);
    }

    /** Memory, in megabytes of a million bytes. */
    public static Figure memory(String id, String what, long bytes) {
        return new Figure(id, what, bytes / 1e6, "MB", null);
    }

    /** A number of things. */
    public static Figure count(String id, String what, double count) {
        return new Figure(id, what, count, "", null);
    }

    /** One figure in times of another. */
    public static Figure ratio(String id, String what, double times) {
        return new Figure(id, what, times, "x", null);
    }

    /** The same, of which no less than a limit is asked. */
    public Figure atLeast(double limit) {
        return new Figure(id, what, value, unit, new Bound(limit, true));
    }

    /** The same, of which no more than a limit is asked. */
    public Figure atMost(double limit) {
        return new Figure(id, what, value, unit, new Bound(limit, false));
    }

    /** Whether it is as asked; true when nothing is asked. */
    boolean asAsked() {
        return bound == null || bound.heldBy(value);
    }

    String shownValue() {
        return shown(value) + (unit.isEmpty() || unit.startsWith("/") ? unit : " " + unit);
    }

    String shownBound() {
        if (bound == null) {
            return "";
        }
        return (bound.atLeast() ? "at least " : "at most ")
                + shown(bound.limit())
                + (unit.isEmpty() || unit.startsWith("/") ? unit : " " + unit);
    }

    /** How many times better than what is asked; empty when nothing is, or it cannot be said. */
    String shownRatio() {
        if (bound == null || bound.limit() == 0 || value == 0) {
            return bound == null || asAsked() ? "" : "missed";
        }
        double ratio = bound.atLeast() ? value / bound.limit() : bound.limit() / value;
        return String.format(Locale.ROOT, "%.1fx", ratio) + (asAsked() ? "" : " missed");
    }

    private static String shown(double value) {
        return value >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
