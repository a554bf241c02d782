package io.waybill.database.query;

import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How long one query still waits; ends its waiting when its caller leaves. Safe for use by many
 * threads.
 */
final class Wait {

    /**
     * No query waits longer: the longest delay of a writer is an hour, and some time is allowed.
     */
    static final Duration LONGEST = Duration.ofHours(2);

    private final Duration asked;
    private final long deadline;
    private @Nullable CompletableFuture<?> current;
    private boolean abandoned;

    private Wait(Duration asked) {
        this.asked = asked;
        this.deadline = System.nanoTime() + asked.toNanos();
    }

    /** A wait that begins now. */
    static Wait of(String field, int millis) {
        Duration asked = Duration.ofMillis(Integer.toUnsignedLong(millis));
        if (asked.compareTo(LONGEST) > 0) {
            throw WaybillException.badInput(
                    field, "%s must be at most %d".formatted(field, LONGEST.toMillis()));
        }
        return new Wait(asked);
    }

    /** How long was asked for. */
    Duration asked() {
        return asked;
    }

    boolean isZero() {
        return asked.isZero();
    }

    /**
     * Has a future fail with a {@link java.util.concurrent.TimeoutException} when the wait is over.
     */
    <T> CompletableFuture<T> bound(CompletableFuture<T> future) {
        if (future.isDone()) {
            return future;
        }
        synchronized (this) {
            current = future;
            if (abandoned) {
                future.cancel(false);
            }
        }
        return future.orTimeout(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Ends the waiting, now and later. */
    void abandon() {
        CompletableFuture<?> waiting;
        synchronized (this) {
            abandoned = true;
            waiting = current;
        }
        if (waiting != null) {
            waiting.cancel(false);
        }
    }
}
