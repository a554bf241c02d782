package io.waybill.app.demo;

import io.waybill.app.settings.Refusal;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks again and again, up to a deadline that is common to all that is asked. Sleeps between; used
 * by one thread.
 */
final class Patience {

    private static final Duration PAUSE = Duration.ofMillis(150);

    private final long deadline;

    Patience(Duration limit) {
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** The answer, once there is one; empty when there is none in time. */
    <T> Optional<T> until(Supplier<Optional<T>> question) {
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent() || !pause(PAUSE)) {
                return answer;
            }
        }
    }

    /** Waits for so long; false when that is too long. */
    boolean pause(Duration wait) {
        if (System.nanoTime() + wait.toNanos() > deadline) {
            return false;
        }
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.cannotRun("the demo was interrupted.");
        }
    }
}
