package io.waybill.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.failure.ErrorCode;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is under way is bounded, and nothing takes its place for ever. */
class WindowTest {

    private static Rig bounded(int capacity, int window, int inFlight) {
        return new Rig(
                        new MemoryOutboxStore.Disk(),
                        usual -> Rig.bounded(usual, capacity, window, inFlight))
                .running();
    }

    @Test
    void the_window_bounds_what_is_published_and_undecided() {
        Rig small = bounded(100, 3, 10);
        small.accept("a", "b", "c", "d", "e");
        assertThat(small.sentIds()).containsExactly("a", "b", "c");

        small.applied("b");
        assertThat(small.sentIds()).containsExactly("a", "b", "c", "d");

        small.outbox.connected(false);
        small.settle();
        assertThat(small.sentAfter(4)).containsExactly("a", "c", "d");
    }

    @Test
    void few_publishes_are_unanswered_at_a_time() {
        Rig slow = bounded(100, 50, 2);
        slow.brokerSays = Optional.empty();
        slow.accept("a", "b", "c", "d");
        assertThat(slow.sentIds()).containsExactly("a", "b");

        slow.last("a").answer().complete(Rig.TAKEN);
        slow.settle();
        assertThat(slow.sentIds()).containsExactly("a", "b", "c");
    }

    @Test
    void a_broker_that_answers_pings_and_nothing_else_is_connected_to_anew() {
        Rig rig = bounded(100, 50, 2);
        rig.brokerSays = Optional.empty();
        rig.accept("a", "b");
        rig.run(Duration.ofSeconds(5));
        rig.last("a").answer().complete(Rig.TAKEN);
        rig.accept("c", "d");
        rig.run(Duration.ofSeconds(24));
        assertThat(rig.connectedAnew).isZero();
        assertThat(rig.sentIds()).contains("c").doesNotContain("d");

        rig.brokerSays = Optional.of(Rig.TAKEN);
        rig.run(Duration.ofSeconds(2));

        assertThat(rig.connectedAnew).isEqualTo(1);
        assertThat(rig.sentIds()).endsWith("b", "c", "d");
        rig.run(Duration.ofMinutes(5));
        assertThat(rig.connectedAnew).isEqualTo(1);
    }

    @Test
    void a_broker_that_never_answers_is_connected_to_anew_twice_a_minute() {
        Rig rig = bounded(100, 50, 2);
        rig.brokerSays = Optional.empty();
        rig.accept("a");

        rig.run(Duration.ofMinutes(10));

        assertThat(rig.connectedAnew).isBetween(19, 20);
    }

    @Test
    void those_held_behind_a_refused_command_wait_for_their_place_too() {
        Rig rig = bounded(100, 3, 1);
        rig.brokerSays = Optional.of(Rig.REFUSED);
        chain(rig, "a", "b", "c", "d", "e");
        assertThat(rig.sentIds()).containsExactly("a");

        rig.brokerSays = Optional.of(Rig.TAKEN);
        rig.run(Duration.ofSeconds(2));

        assertThat(rig.sentAfter(1)).containsExactly("a", "b", "c");
        rig.applied("a");
        assertThat(rig.sentAfter(4)).containsExactly("d");
    }

    @Test
    void those_that_waited_for_a_command_that_may_be_recorded_wait_for_their_place_too() {
        Rig rig = bounded(100, 3, 10);
        var _ =
                rig.outbox.submit(
                        rig.command("u", "contact/1").toBuilder().setUnseen(true).build());
        chain(rig, "a", "b", "c", "d");
        assertThat(rig.sentIds()).containsExactly("u");

        rig.applied("u");

        assertThat(rig.sentAfter(1)).containsExactly("a", "b", "c");
        rig.applied("a");
        assertThat(rig.sentAfter(4)).containsExactly("d");
    }

    @Test
    void those_that_wait_for_another_count_against_the_capacity() {
        Rig rig = bounded(4, 3, 10);
        var _ =
                rig.outbox.submit(
                        rig.command("u", "contact/1").toBuilder().setUnseen(true).build());
        chain(rig, "a", "b", "c");

        CompletableFuture<Void> refused = rig.submit("d", "contact/2");
        rig.settle();

        Rig.assertRefused(refused, ErrorCode.RESOURCE_EXHAUSTED);
    }

    private static void chain(Rig rig, String... ids) {
        for (String id : ids) {
            var _ = rig.submit(id, "contact/1");
        }
        rig.settle();
    }
}
