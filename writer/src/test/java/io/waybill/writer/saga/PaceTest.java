package io.waybill.writer.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class PaceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Pace PACE = new Pace(Duration.ofSeconds(30), SECOND, MINUTE);

    @Test
    void the_first_pause_is_as_set() {
        assertThat(PACE.pause(1, "a")).isEqualTo(SECOND);
        assertThat(PACE.pause(0, "a")).isEqualTo(SECOND);
    }

    @Test
    void pauses_double_up_to_the_longest_less_an_eighth_at_most() {
        for (int times = 2; times < 200; times++) {
            Duration whole = times > 6 ? MINUTE : SECOND.multipliedBy(1L << (times - 1));
            assertThat(PACE.pause(times, "order " + times))
                    .isBetween(whole.multipliedBy(7).dividedBy(8), whole);
        }
        assertThat(PACE.pause(Integer.MAX_VALUE, "a")).isBetween(Duration.ofSeconds(52), MINUTE);
    }

    @Test
    void those_who_wait_for_the_same_do_not_come_at_once() {
        assertThat(
                        IntStream.range(0, 100)
                                .mapToObj(order -> PACE.pause(20, "order " + order))
                                .collect(Collectors.toSet()))
                .hasSizeGreaterThan(50);
    }

    @Test
    void time_has_to_pass() {
        assertThatThrownBy(() -> new Pace(Duration.ZERO, SECOND, MINUTE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace(SECOND, Duration.ZERO, MINUTE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace(SECOND, MINUTE, SECOND))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_step_has_a_pace_and_may_have_its_own() {
        Pace slow = new Pace(MINUTE, SECOND, SECOND);
        SagaSettings settings = SagaSettings.usual().with(Step.REVIEW, slow);

        assertThat(settings.pace(Step.REVIEW)).isEqualTo(slow);
        assertThat(settings.pace(Step.TAKE_ITEMS)).isEqualTo(PACE);
        assertThatThrownBy(() -> new SagaSettings(Map.of(Step.REVIEW, slow), MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("every step has a pace");
        assertThatThrownBy(() -> settings.withManualReview(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(settings.withManualReview(MINUTE).manualReview()).isEqualTo(MINUTE);
    }
}
