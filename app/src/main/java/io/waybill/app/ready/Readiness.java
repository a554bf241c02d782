package io.waybill.app.ready;

import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole.Health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Waits until every role can do its work, and says what it waits for when that takes long. */
public final class Readiness {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(15);

    private Readiness() {}

    /**
     * Blocks until all are up.
     *
     * @param stopped ends the wait
     * @return whether all are up
     */
    public static boolean await(Supplier<Map<Role, Health>> roles, BooleanSupplier stopped) {
        long quietUntil = System.nanoTime() + BETWEEN_WORDS.toNanos();
        while (!stopped.getAsBoolean()) {
            Map<Role, Health> health = roles.get();
            if (health.values().stream().allMatch(Health::up)) {
                return true;
            }
            if (System.nanoTime() - quietUntil > 0) {
                System.err.println("waybill: not ready yet; " + waitedFor(health));
                quietUntil = System.nanoTime() + BETWEEN_WORDS.toNanos();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    private static String waitedFor(Map<Role, Health> roles) {
        return roles.entrySet().stream()
                .filter(entry -> !entry.getValue().up())
                .map(entry -> entry.getKey().label() + ": " + entry.getValue().detail())
                .collect(Collectors.joining("; "));
    }
}
