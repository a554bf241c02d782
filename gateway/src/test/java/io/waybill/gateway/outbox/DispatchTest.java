package io.waybill.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.outbox.Rig.Sent;
import io.waybill.proto.eventstore.v1.StoreInfo;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Commands are sent in order, sent again when they may be lost, and never in a storm. */
class DispatchTest {

    private final Rig rig = new Rig();

    @Test
    void nothing_is_published_before_the_store_is_known() {
        CompletableFuture<StoreInfo> answer = new CompletableFuture<>();
        rig.store = answer;
        rig.running();

        rig.accept("a");

        assertThat(rig.accepted).containsExactly("a");
        assertThat(rig.sent).isEmpty();
        answer.complete(Rig.STORE);
        rig.settle();
        assertThat(rig.sentIds()).containsExactly("a");
    }

    @Test
    void a_reader_that_is_down_is_asked_again_until_it_answers() {
        rig.store = CompletableFuture.failedFuture(new IllegalStateException("down"));
        rig.running();
        rig.accept("a");
        rig.run(Duration.ofMinutes(1));
        assertThat(rig.asked).isBetween(10, 30);

        rig.store = CompletableFuture.completedFuture(Rig.STORE);
        rig.run(Duration.ofSeconds(6));

        assertThat(rig.sentIds()).containsExactly("a");
    }

    @Test
    void another_store_than_before_stops_the_outbox() {
        rig.running();
        rig.accept("a");
        rig.loop.kill();

        Rig next = new Rig(rig.disk, usual -> usual);
        next.store =
                CompletableFuture.completedFuture(
                        Rig.STORE.toBuilder().setStoreId("other").build());
        next.running();

        assertThat(next.sent).isEmpty();
        assertThat(next.outbox.health().up()).isFalse();
        assertThat(next.outbox.health().detail()).contains("store other");
        CompletableFuture<Void> refused = next.submit("b", "contact/2");
        next.settle();
        assertThat(refused).isCompletedExceptionally();
    }

    @Test
    void a_store_that_becomes_another_while_it_runs_stops_the_outbox_until_it_is_back() {
        rig.running();
        rig.accept("a");
        assertThat(rig.sentIds()).containsExactly("a");
        rig.store =
                CompletableFuture.completedFuture(
                        Rig.STORE.toBuilder().setStoreId("other").build());
        rig.outbox.connected(true);
        rig.settle();

        assertThat(rig.outbox.health().up()).isFalse();
        assertThat(rig.outbox.health().detail()).contains("store store").contains("store other");
        int sent = rig.sent.size();
        CompletableFuture<Void> refused = rig.submit("b", "contact/2");
        rig.run(Duration.ofMinutes(1));
        assertThat(refused).isCompletedExceptionally();
        assertThat(rig.sent).hasSize(sent);

        rig.store = CompletableFuture.completedFuture(Rig.STORE);
        rig.run(Duration.ofMinutes(1));
        assertThat(rig.outbox.health().up()).isTrue();
        rig.accept("c");
        assertThat(rig.sentIds()).contains("c").doesNotContain("b");
    }

    @Test
    void another_number_of_partitions_stops_the_outbox() {
        rig.store =
                CompletableFuture.completedFuture(Rig.STORE.toBuilder().setPartitions(4).build());
        rig.running();
        assertThat(rig.outbox.health().up()).isFalse();
    }

    @Test
    void with_the_broker_away_commands_are_accepted_and_sent_later() {
        rig.running();
        rig.disconnect();

        rig.accept("a", "b");

        assertThat(rig.accepted).containsExactly("a", "b");
        assertThat(rig.sent).isEmpty();
        assertThat(rig.outbox.health().up()).isTrue();
        assertThat(rig.outbox.health().detail()).contains("broker");
        rig.outbox.connected(true);
        rig.settle();
        assertThat(rig.sentIds()).containsExactly("a", "b");
    }

    @Test
    void each_sending_names_the_undecided_command_before_it_on_its_stream() {
        rig.running();
        var _ = rig.submit("a", "contact/1");
        var _ = rig.submit("x", "contact/2");
        var _ = rig.submit("b", "contact/1");
        var _ = rig.submit("c", "contact/1");
        rig.settle();

        assertThat(rig.sentIds()).containsExactly("a", "x", "b", "c");
        assertThat(rig.last("a").predecessor()).isEmpty();
        assertThat(rig.last("x").predecessor()).isEmpty();
        assertThat(rig.last("b").predecessor()).contains("a");
        assertThat(rig.last("c").predecessor()).contains("b");

        rig.applied("a");
        rig.applied("b");
        rig.applied("c");
        var _ = rig.submit("d", "contact/1");
        rig.settle();
        assertThat(rig.last("d").predecessor()).isEmpty();
    }

    @Test
    void all_out_of_order_answers_to_one_sending_cause_one_new_sending_of_the_chain() {
        rig.running();
        chain("a", "b", "c", "d");
        List<Sent> first = List.copyOf(rig.sent);

        rig.answer(
                Rig.STORE,
                Rig.outOfOrder(first.get(1)),
                Rig.outOfOrder(first.get(2)),
                Rig.outOfOrder(first.get(3)));
        rig.answer(Rig.STORE, Rig.outOfOrder(first.get(2)));

        assertThat(rig.sentAfter(4)).containsExactly("a", "b", "c", "d");
        assertThat(rig.sent.stream().map(Sent::number))
                .isSortedAccordingTo(Comparator.naturalOrder())
                .doesNotHaveDuplicates();
        List<Sent> second = rig.sent.subList(4, 8);
        rig.answer(Rig.STORE, Rig.outOfOrder(second.get(1)));
        assertThat(rig.sentAfter(8)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void a_chain_sent_again_names_its_predecessors_as_they_are_then() {
        rig.running();
        chain("a", "b", "c");
        Sent dropped = rig.last("c");
        rig.applied("a");

        rig.answer(Rig.STORE, Rig.outOfOrder(dropped));

        assertThat(rig.sentAfter(3)).containsExactly("b", "c");
        assertThat(rig.last("b").predecessor()).isEmpty();
        assertThat(rig.last("c").predecessor()).contains("b");
    }

    @Test
    void what_follows_a_command_that_may_be_recorded_already_waits_for_its_outcome() {
        rig.running();
        var _ = rig.submit("a", "contact/1");
        var _ =
                rig.outbox.submit(
                        rig.command("u", "contact/1").toBuilder().setUnseen(true).build());
        var _ = rig.submit("b", "contact/1");
        var _ = rig.submit("c", "contact/1");
        var _ = rig.submit("x", "contact/2");
        rig.settle();
        assertThat(rig.sentIds()).containsExactly("a", "u", "x");

        rig.applied("u");
        assertThat(rig.sentAfter(3)).containsExactly("b", "c");
        assertThat(rig.last("b").predecessor()).contains("a");
    }

    @Test
    void what_was_under_way_when_the_connection_was_lost_is_sent_again() {
        rig.running();
        rig.accept("a");
        rig.brokerSays = Optional.empty();
        rig.accept("b", "c");
        rig.disconnect();
        rig.brokerSays = Optional.of(Rig.TAKEN);

        rig.outbox.connected(true);
        rig.settle();

        assertThat(rig.sentIds()).containsExactly("a", "b", "c", "b", "c");
    }

    @Test
    void a_new_session_of_our_own_has_all_undecided_sent_again() {
        rig.running();
        rig.accept("a", "b", "c");
        rig.applied("b");
        rig.disconnect();

        rig.outbox.connected(false);
        rig.settle();

        assertThat(rig.sentAfter(3)).containsExactly("a", "c");
    }

    @Test
    void a_new_session_of_the_writer_has_all_undecided_sent_again_in_order() {
        rig.running();
        chain("a", "b");
        rig.accept("x");

        rig.outbox.writerSessionLost();
        rig.settle();

        assertThat(rig.sentAfter(3)).containsExactly("a", "b", "x");
    }

    @Test
    void without_a_writer_one_message_at_a_time_feels_for_it_and_then_all_go_in_order() {
        rig.running();
        rig.brokerSays = Optional.of(Rig.NOBODY);
        rig.accept(
                IntStream.range(0, 100).mapToObj(i -> "c%02d".formatted(i)).toArray(String[]::new));
        int first = rig.sent.size();
        assertThat(first).isLessThanOrEqualTo(64);

        rig.run(Duration.ofMinutes(1));

        assertThat(rig.sent.size() - first).isBetween(10, 30);
        assertThat(rig.sentAfter(first)).containsOnly("c00");
        rig.brokerSays = Optional.of(Rig.TAKEN);
        int before = rig.sent.size();
        rig.run(Duration.ofSeconds(6));
        assertThat(rig.sentAfter(before))
                .hasSize(100)
                .isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    void a_refused_command_is_tried_later_and_holds_back_only_its_own_stream() {
        rig.running();
        rig.brokerSays = Optional.empty();
        var _ = rig.submit("a", "contact/1");
        var _ = rig.submit("x", "contact/2");
        rig.settle();
        rig.last("a").answer().complete(Rig.REFUSED);
        rig.last("x").answer().complete(Rig.TAKEN);
        rig.brokerSays = Optional.of(Rig.TAKEN);
        rig.settle();

        var _ = rig.submit("b", "contact/1");
        var _ = rig.submit("y", "contact/2");
        rig.settle();
        assertThat(rig.sentIds()).containsExactly("a", "x", "y");
        assertThat(rig.outbox.health().detail()).contains("0x97 quota exceeded");

        rig.run(Duration.ofSeconds(2));
        assertThat(rig.sentAfter(3)).containsExactly("a", "b");
        assertThat(rig.outbox.health().detail()).doesNotContain("0x97");
    }

    @Test
    void a_command_that_is_refused_for_ever_is_tried_no_more_than_about_once_a_minute() {
        rig.running();
        rig.brokerSays = Optional.of(Rig.REFUSED);
        chain("a", "b");
        rig.run(Duration.ofHours(1));

        assertThat(rig.sent.size()).isBetween(120, 300);
    }

    @Test
    void publishes_that_fail_on_a_connection_are_tried_again_with_a_backoff() {
        rig.running();
        rig.brokerSays = Optional.empty();
        rig.accept("a");
        for (int i = 0; i < 5; i++) {
            rig.last("a").answer().completeExceptionally(new java.io.IOException("no"));
            rig.run(Duration.ofSeconds(6));
        }
        assertThat(rig.sent).hasSize(6);
    }

    private void chain(String... ids) {
        for (String id : ids) {
            var _ = rig.submit(id, "contact/1");
        }
        rig.settle();
    }
}
