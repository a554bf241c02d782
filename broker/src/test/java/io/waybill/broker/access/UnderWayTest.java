package io.waybill.broker.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnderWayTest {

    @Test
    void messages_are_bounded_and_one_that_ends_makes_room() {
        UnderWay underWay = new UnderWay(2, 1_000);

        assertThat(underWay.begin(0)).isTrue();
        assertThat(underWay.begin(0)).isTrue();
        assertThat(underWay.begin(0)).isFalse();
        underWay.end(0);
        assertThat(underWay.begin(0)).isTrue();
        assertThat(underWay.begin(0)).isFalse();
    }

    @Test
    void bytes_are_bounded_and_what_is_not_taken_takes_none() {
        UnderWay underWay = new UnderWay(1_000, 10);

        assertThat(underWay.begin(8)).isTrue();
        assertThat(underWay.begin(3)).isFalse();
        assertThat(underWay.begin(2)).isTrue();
        assertThat(underWay.begin(1)).isFalse();
        underWay.end(8);
        assertThat(underWay.begin(8)).isTrue();
    }
}
