package io.waybill.wire.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    private final Random random = new Random(7);

    @ParameterizedTest
    @CsvSource({
        "0, 50, 100",
        "1, 50, 100",
        "2, 100, 200",
        "5, 800, 1600",
        "6, 1000, 2000",
        "7, 1000, 2000",
        "2147483647, 1000, 2000"
    })
    void the_wait_doubles_up_to_the_most_and_lies_in_its_upper_half(
            int failures, long fewest, long most) {
        for (int i = 0; i < 1_000; i++) {
            assertThat(backoff.after(failures, random))
                    .isBetween(Duration.ofMillis(fewest), Duration.ofMillis(most));
        }
    }

    @Test
    void waits_differ_so_that_many_do_not_come_back_together() {
        Set<Duration> waits = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            waits.add(backoff.after(10, random));
        }
        assertThat(waits).hasSizeGreaterThan(90);
    }

    @Test
    void very_long_waits_do_not_overflow() {
        Backoff days = new Backoff(Duration.ofDays(1), Duration.ofDays(365));

        assertThat(days.after(1_000, random)).isBetween(Duration.ofDays(182), Duration.ofDays(365));
    }
}
