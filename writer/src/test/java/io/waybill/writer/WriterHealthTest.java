package io.waybill.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.role.RunningRole.Health;

import org.junit.jupiter.api.Test;

import java.util.Optional;

/** What an operator sees of a writer. */
class WriterHealthTest {

    private static final PipelineStatus WELL =
            new PipelineStatus(true, true, Optional.empty(), Optional.empty(), 7, 2);

    @Test
    void a_writer_that_does_its_work_is_up_and_warns_of_nothing() {
        assertThat(WriterHealth.of(WELL, "connected", Optional.empty()))
                .isEqualTo(new Health(true, "holds 7 commands, 2 of them on their way to the log"));
    }

    @Test
    void an_event_that_holds_the_relay_up_is_a_warning_and_the_writer_stays_up() {
        Health health =
                WriterHealth.of(
                        WELL,
                        "connected",
                        Optional.of("the event 'x.Strange' at position 2 is of no known type"));

        assertThat(health.up()).isTrue();
        assertThat(health.warnings())
                .containsExactly(
                        "no events are told now: the event 'x.Strange' at position 2 is of no known"
                                + " type");
    }

    @Test
    void a_writer_without_its_queue_or_its_database_is_down_and_says_so() {
        assertThat(
                        WriterHealth.of(
                                new PipelineStatus(
                                        false, true, Optional.empty(), Optional.empty(), 0, 0),
                                "connecting",
                                Optional.empty()))
                .isEqualTo(
                        new Health(
                                false,
                                "the queue: connecting; holds 0 commands, 0 of them on their way"
                                        + " to the log"));
        assertThat(
                        WriterHealth.of(
                                        new PipelineStatus(
                                                true,
                                                false,
                                                Optional.empty(),
                                                Optional.empty(),
                                                0,
                                                0),
                                        "connected",
                                        Optional.empty())
                                .detail())
                .startsWith("waits for the database");
    }
}
