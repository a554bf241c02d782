package io.waybill.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class LoadTest {

    @Test
    void percentiles_are_samples_that_were_measured() {
        Samples samples = new Samples();
        for (int i = 10_000; i >= 1; i--) {
            samples.add(i);
        }

        assertThat(samples.percentile(0.5).toNanos()).isEqualTo(5_000);
        assertThat(samples.percentile(0.99).toNanos()).isEqualTo(9_900);
        assertThat(samples.percentile(1).toNanos()).isEqualTo(10_000);
        assertThat(new Samples().percentile(0.5)).isZero();
    }

    @Test
    void a_paced_request_counts_from_when_it_was_due_however_late_it_is_sent() {
        Schedule paced = Schedule.paced(0, 1_000, Duration.ofMillis(3));
        long late = Duration.ofSeconds(1).toNanos();

        assertThat(paced.due(0)).isTrue();
        assertThat(paced.take(late)).isZero();
        assertThat(paced.take(late)).isEqualTo(1_000_000);
        assertThat(paced.over(late)).isFalse();
        assertThat(paced.take(late)).isEqualTo(2_000_000);
        assertThat(paced.over(late)).isTrue();
        assertThat(paced.due(late)).isFalse();
    }

    @Test
    void what_is_late_is_not_in_time() {
        Schedule paced = Schedule.paced(0, 1_000, Duration.ofMillis(3));

        assertThat(paced.inTime(2_999_999)).isTrue();
        assertThat(paced.inTime(3_000_000)).isFalse();
        assertThat(paced.over(3_000_000)).isFalse();
    }

    @Test
    void a_paced_request_is_not_due_before_its_time() {
        Schedule paced = Schedule.paced(0, 1_000, Duration.ofMillis(3));
        paced.take(0);

        assertThat(paced.due(999_999)).isFalse();
        assertThat(paced.nextDue(0)).isEqualTo(1_000_000);
        assertThat(paced.due(1_000_000)).isTrue();
    }

    @Test
    void a_closed_load_ends_with_its_time() {
        Schedule closed = Schedule.asFastAsAnswered(100, Duration.ofNanos(50));

        assertThat(closed.due(149)).isTrue();
        assertThat(closed.over(149)).isFalse();
        assertThat(closed.due(150)).isFalse();
        assertThat(closed.over(150)).isTrue();
    }
}
