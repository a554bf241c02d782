package io.waybill.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.function.IntUnaryOperator;

class BacklogTest {

    /**
     * Sixty seconds with a sample each, 1,000 commands a second applied, and so many waiting at
     * each second.
     */
    private static Backlog minute(IntUnaryOperator waiting) {
        Backlog backlog = new Backlog();
        for (int second = 1; second <= 60; second++) {
            int applied = second * 1_000;
            backlog.sample(
                    applied,
                    applied + waiting.applyAsInt(second),
                    true,
                    Duration.ofSeconds(second).toNanos());
        }
        return backlog;
    }

    @Test
    void a_steady_backlog_does_not_grow() {
        Backlog steady = minute(second -> 3_000 + second % 7);

        assertThat(steady.donePerSecond()).isEqualTo(1_000);
        assertThat(steady.mean(1)).isBetween(3_000.0, 3_006.0);
        assertThat(steady.grew()).isFalse();
    }

    @Test
    void a_backlog_that_rises_all_the_time_grows() {
        assertThat(minute(second -> second * 100).grew()).isTrue();
    }

    @Test
    void a_small_backlog_may_vary() {
        assertThat(minute(second -> second > 40 ? 90 : 10).grew()).isFalse();
    }

    @Test
    void what_is_left_when_the_load_is_over_counts_for_the_rate_alone() {
        Backlog backlog = minute(second -> 3_000);
        backlog.sample(63_000, 63_000, false, Duration.ofSeconds(63).toNanos());

        assertThat(backlog.donePerSecond()).isEqualTo(1_000);
        assertThat(backlog.mean(2)).isEqualTo(3_000);
    }
}
