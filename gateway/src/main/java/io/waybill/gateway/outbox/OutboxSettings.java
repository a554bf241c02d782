package io.waybill.gateway.outbox;

import io.waybill.wire.time.Backoff;

import java.time.Duration;

/**
 * The bounds and waits of an outbox.
 *
 * @param capacity the most undecided commands that are kept
 * @param capacityBytes the most bytes of undecided commands that are kept
 * @param window the most published undecided commands: the delay times the rate must fit in it
 * @param inFlight the most publishes that the broker has not answered yet: what paces every sending
 * @param delay what the writer waits before it decides
 * @param overdue how long after the delay an answer is waited for, before the oldest command is
 *     sent again
 * @param noSubscribers the waits while the writer has no session at the broker
 * @param unpublished the waits after a publish failed
 * @param refused the waits after the broker refused a command
 * @param reopening the waits after the disk could not be opened
 * @param asking the waits while it is not known which store there is
 */
public record OutboxSettings(
        int capacity,
        long capacityBytes,
        int window,
        int inFlight,
        Duration delay,
        Backoff overdue,
        Backoff noSubscribers,
        Backoff unpublished,
        Backoff refused,
        Backoff reopening,
        Backoff asking) {

    /** The usual bounds and waits. */
    public static OutboxSettings usual(Duration delay) {
        return new OutboxSettings(
                100_000,
                64L << 20,
                10_000,
                64,
                delay,
                new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(1)),
                new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5)),
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)),
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)),
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)));
    }
}
