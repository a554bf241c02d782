package io.waybill.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 1",
        "PT-3S, 1",
        "PT0.2S, 1",
        "PT1S, 1",
        "PT1.000000001S, 2",
        "PT1.5S, 2",
        "PT4.999S, 5",
        "PT5S, 5"
    })
    void it_is_in_whole_seconds_rounded_up_and_at_least_one(Duration wait, long seconds) {
        assertThat(RetryAfter.seconds(wait)).isEqualTo(seconds);
    }
}
