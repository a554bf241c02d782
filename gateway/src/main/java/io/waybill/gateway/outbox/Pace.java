package io.waybill.gateway.outbox;

import java.time.Duration;

/**
 * How many commands may be accepted now, so that no more are accepted than are decided.
 *
 * <p>By Little's law as many commands are undecided as are decided a second, times the seconds that
 * each of them takes. While the writer keeps up, each takes the delay and a few milliseconds, and
 * everything is accepted at once. When it is behind, the law is turned round: a command that finds
 * no more undecided than {@code decided a second x (delay + 0.3 s)} before it will take no longer
 * than that, so no more are let in. Where there are more already, one is let in for every two that
 * are decided, until there are not.
 *
 * <p>The writer is behind when what it decided in the last second took 0.15 s longer than the
 * delay. The number of undecided commands alone would not do: with a delay, a second in which
 * little was accepted is a second, one delay later, in which little is decided, and must not become
 * one in which little is accepted again, and so on for ever.
 *
 * <p>A thousand undecided commands are let in always, so that bursts are; and all are while nothing
 * is decided, since whoever is away cannot be waited for: the outbox is there to keep them. Not
 * thread-safe, and reads no clock.
 */
final class Pace {

    private static final int ALWAYS = 1_000;
    private static final Duration HEADROOM = Duration.ofMillis(300);

    private final Duration allowed;
    private final Duration behind;
    private final Decisions decisions = new Decisions();

    /** Decided and not made up for by acceptance: bounded, so that a lull lets no flood in. */
    private int spent;

    /**
     * The pace of commands that are decided a while after they were accepted.
     *
     * @param delay what the writer waits before it decides
     */
    Pace(Duration delay) {
        allowed = delay.plus(HEADROOM);
        behind = delay.plus(HEADROOM.dividedBy(2));
    }

    /** A command was decided, at a time of the loop's clock. */
    void decided(long now, long acceptedAt) {
        decisions.add(now, acceptedAt);
        spent = Math.min(spent + 1, ALWAYS);
    }

    /**
     * How many may be accepted.
     *
     * @param undecided how many are accepted and undecided already
     */
    int allows(long now, int undecided) {
        if (decisions.took(now).compareTo(behind) <= 0) {
            return Integer.MAX_VALUE;
        }
        return Math.max(most(now) - undecided, spent / 2);
    }

    /** So many were accepted. */
    void accepted(int count) {
        spent = Math.max(0, spent - 2 * count);
    }

    private int most(long now) {
        long most = decisions.inLastSecond(now) * allowed.toMillis() / 1_000;
        return Math.clamp(most, ALWAYS, Integer.MAX_VALUE);
    }
}
