package io.waybill.writer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class DelayTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Delay delay = new Delay(Duration.ofSeconds(3));

    @Test
    void a_command_is_held_for_what_is_left_of_the_delay_since_its_acceptance() {
        assertThat(delay.hold(NOON, NOON)).isEqualTo(Duration.ofSeconds(3));
        assertThat(delay.hold(NOON, NOON.plusSeconds(1))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void one_that_is_late_is_not_held() {
        assertThat(delay.hold(NOON, NOON.plusSeconds(3))).isEqualTo(Duration.ZERO);
        assertThat(delay.hold(NOON, NOON.plusSeconds(3_600))).isEqualTo(Duration.ZERO);
    }

    @Test
    void none_is_held_longer_than_the_delay_however_far_the_clocks_are_apart() {
        assertThat(delay.hold(NOON.plusSeconds(3_600), NOON)).isEqualTo(Duration.ofSeconds(3));
        assertThat(delay.hold(Instant.MAX, NOON)).isEqualTo(Duration.ofSeconds(3));
        assertThat(delay.hold(Instant.MIN, NOON)).isEqualTo(Duration.ZERO);
    }

    @Test
    void without_a_delay_none_is_held() {
        assertThat(new Delay(Duration.ZERO).hold(NOON.plusSeconds(9), NOON))
                .isEqualTo(Duration.ZERO);
    }
}
