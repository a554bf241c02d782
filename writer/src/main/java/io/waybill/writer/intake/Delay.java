package io.waybill.writer.intake;

import java.time.Duration;
import java.time.Instant;

/**
 * The simulated delay: how long a command is held. Counted from its acceptance, by the time of day;
 * but never longer than the delay itself, which the caller counts from its arrival on the monotonic
 * clock, and never less than nothing, however far the clocks are apart.
 */
public record Delay(Duration length) {

    /** How long to hold a command that was accepted at one time and arrives at another. */
    public Duration hold(Instant acceptedAt, Instant arrivedAt) {
        Duration hold = length.minus(Duration.between(acceptedAt, arrivedAt));
        if (hold.isNegative()) {
            return Duration.ZERO;
        }
        return hold.compareTo(length) > 0 ? length : hold;
    }
}
