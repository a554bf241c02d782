package io.waybill.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/** No more is accepted than is decided, unless nothing is. */
class PacedAcceptanceTest {

    private static final Duration WRITE = Duration.ofMillis(3);
    private static final Duration THINKING = Duration.ofMillis(5);

    @ParameterizedTest
    @CsvSource({"64, 2000, 1100, 5", "64, 6000, 2100, 5", "500, 2000, 1100, 30"})
    void clients_that_never_wait_are_slowed_to_what_is_decided(
            int clients, int decided, int undecided, int settling) {
        PacedSystem system = new PacedSystem(Duration.ZERO, decided).closedLoop(clients, THINKING);
        system.run(Duration.ofSeconds(settling));

        assertThat(system.mostUndecided(Duration.ofSeconds(10))).isLessThan(undecided);
        assertThat(system.mostUndecided(Duration.ofSeconds(10))).isLessThan(undecided);
        assertThat(system.decidedPerSecond(Duration.ofSeconds(10))).isGreaterThan(decided * 0.98);
        assertThat(system.slowestAcceptance(Duration.ofSeconds(10)))
                .isLessThan(Duration.ofMillis(150 + 1_000L * clients / decided));
    }

    @ParameterizedTest
    @CsvSource({"64, 2000, 30", "64, 6000, 30", "500, 2000, 120"})
    void with_a_delay_its_worth_is_undecided_and_the_rate_is_kept(
            int clients, int decided, int settling) {
        PacedSystem system =
                new PacedSystem(Duration.ofSeconds(3), decided).closedLoop(clients, THINKING);
        // Nothing is decided for the first 3 s, so nothing is slowed; what came then is worked off.
        system.run(Duration.ofSeconds(settling));

        assertThat(system.mostUndecided(Duration.ofSeconds(20)))
                .isBetween(decided * 3, decided * 7 / 2);
        assertThat(system.mostUndecided(Duration.ofSeconds(20)))
                .isBetween(decided * 3, decided * 7 / 2);
        assertThat(system.decidedPerSecond(Duration.ofSeconds(20))).isGreaterThan(decided * 0.98);
        assertThat(system.slowestAcceptance(Duration.ofSeconds(20)))
                .isLessThan(Duration.ofMillis(150 + 1_000L * clients / decided));
    }

    @Test
    void while_the_writer_keeps_up_nothing_waits() {
        PacedSystem system = new PacedSystem(Duration.ZERO, 5_000).openLoop(500);

        assertThat(system.slowestAcceptance(Duration.ofSeconds(10))).isLessThan(WRITE);
    }

    @Test
    void a_lull_is_not_repeated_one_delay_later() {
        PacedSystem system = new PacedSystem(Duration.ofSeconds(3), 5_000).openLoop(2_000);
        system.run(Duration.ofSeconds(10));
        system.noLoad();
        system.run(Duration.ofMillis(800));
        system.openLoop(2_000);

        assertThat(system.slowestAcceptance(Duration.ofSeconds(20))).isLessThan(WRITE);
    }

    @Test
    void a_burst_is_accepted_at_once() {
        PacedSystem system = new PacedSystem(Duration.ZERO, 1_000).openLoop(200);
        system.run(Duration.ofSeconds(5));

        system.closedLoop(900, Duration.ofHours(1));

        assertThat(system.slowestAcceptance(Duration.ofSeconds(2)))
                .isLessThan(WRITE.multipliedBy(2));
    }

    @Test
    void when_the_writer_falls_silent_all_are_accepted_again() {
        PacedSystem system = new PacedSystem(Duration.ZERO, 2_000).closedLoop(64, THINKING);
        system.run(Duration.ofSeconds(10));
        int before = system.accepted;

        system.writerDecides(0);
        assertThat(system.slowestAcceptance(Duration.ofSeconds(2)))
                .isLessThan(Duration.ofMillis(1_010));
        assertThat(system.slowestAcceptance(Duration.ofSeconds(5))).isLessThan(WRITE);
        assertThat(system.accepted - before).isGreaterThan(40_000);
    }

    @Test
    void when_the_broker_is_away_all_are_accepted_at_once() {
        PacedSystem system = new PacedSystem(Duration.ofSeconds(3), 2_000).closedLoop(64, THINKING);
        system.run(Duration.ofSeconds(60));

        system.outbox.disconnected();
        system.run(Duration.ofMillis(50));

        assertThat(system.slowestAcceptance(Duration.ofSeconds(2))).isLessThan(WRITE);
    }

    @Test
    void what_piled_up_while_the_writer_was_away_is_worked_off_under_load() {
        PacedSystem system = new PacedSystem(Duration.ZERO, 0).closedLoop(64, THINKING);
        system.run(Duration.ofSeconds(5));
        assertThat(system.accepted).isGreaterThan(30_000);

        system.writerDecides(4_000);
        system.run(Duration.ofSeconds(2));
        assertThat(system.slowestAcceptance(Duration.ofSeconds(28)))
                .isLessThan(Duration.ofMillis(60));

        assertThat(system.mostUndecided(Duration.ofSeconds(10))).isLessThan(1_500);
        assertThat(system.decidedPerSecond(Duration.ofSeconds(10))).isGreaterThan(3_900);
    }

    @Test
    void a_load_that_cannot_be_slowed_waits_a_second_at_most_and_is_accepted() {
        PacedSystem system = new PacedSystem(Duration.ZERO, 1_000).openLoop(3_000);

        assertThat(system.slowestAcceptance(Duration.ofSeconds(20)))
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(1_010));
        assertThat(system.refused).isZero();
        assertThat(system.submitted - system.accepted).isLessThan(3_100);
    }

    @Test
    void a_closed_outbox_keeps_no_command_waiting() {
        PacedSystem system = new PacedSystem(Duration.ZERO, 1_000).closedLoop(500, THINKING);
        system.run(Duration.ofSeconds(10));

        var closed = system.outbox.close();
        system.run(Duration.ofMillis(50));

        assertThat(closed).isCompleted();
        assertThat(system.submitted).isEqualTo(system.accepted + system.refused);
    }
}
