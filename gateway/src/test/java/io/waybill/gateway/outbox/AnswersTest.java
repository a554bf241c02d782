package io.waybill.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.outbox.Rig.Sent;
import io.waybill.proto.eventstore.v1.StoreInfo;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Answers clear commands; a probe tells a slow queue from a lost message. */
class AnswersTest {

    private static final StoreInfo RESTORED =
            Rig.STORE.toBuilder().setIncarnation("second").build();

    private final Rig rig = new Rig();

    @Test
    void an_answer_of_another_incarnation_clears_nothing() {
        rig.running();
        rig.accept("a");

        rig.answer(RESTORED, Rig.recorded("a", rig.last("a").number(), "content of a"));

        assertThat(rig.decided).isEmpty();
        assertThat(rig.outbox.size()).isEqualTo(1);
    }

    @Test
    void when_the_store_was_restored_all_undecided_are_sent_again_and_its_answers_count() {
        rig.running();
        rig.accept("a", "b");
        rig.store = CompletableFuture.completedFuture(RESTORED);

        rig.answer(RESTORED, Rig.recorded("a", rig.last("a").number(), "content of a"));

        assertThat(rig.sentAfter(2)).containsExactly("a", "b");
        rig.answer(RESTORED, Rig.recorded("a", rig.last("a").number(), "content of a"));
        assertThat(rig.decided).containsExactly("a");
        rig.applied("b");
        assertThat(rig.decided).containsExactly("a");
    }

    @Test
    void an_answer_to_an_unknown_command_means_nothing() {
        rig.running();
        rig.accept("a");
        rig.applied("a", 0);
        rig.answer(Rig.STORE, Rig.recorded("z", 1, "content of z"));
        rig.answer(Rig.STORE, Rig.recorded("a", 1, "content of a"));
        assertThat(rig.decided).containsExactly("a");
    }

    @Test
    void an_outcome_of_another_content_clears_the_command_without_being_told_as_its_own() {
        rig.running();
        rig.accept("a");

        rig.answer(Rig.STORE, Rig.recorded("a", rig.last("a").number(), "another content"));

        assertThat(rig.decided).isEmpty();
        assertThat(rig.released).containsExactly("a");
        assertThat(rig.disk.contents()).isEmpty();
    }

    @Test
    void when_an_answer_is_overdue_the_oldest_alone_is_sent_again_with_a_backoff_to_a_minute() {
        rig.running();
        rig.accept("a", "b", "c");

        rig.run(Duration.ofSeconds(7));
        assertThat(rig.sentAfter(3)).isEmpty();
        rig.run(Duration.ofHours(1));

        List<Sent> probes = rig.sent.subList(3, rig.sent.size());
        assertThat(probes).extracting(Sent::id).containsOnly("a");
        assertThat(probes.size()).isBetween(55, 130);
        List<Duration> waits = new ArrayList<>();
        for (int i = 1; i < probes.size(); i++) {
            waits.add(Duration.ofNanos(probes.get(i).at() - probes.get(i - 1).at()));
        }
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(64)) < 0);
        assertThat(waits.subList(4, waits.size()))
                .allMatch(wait -> wait.compareTo(Duration.ofSeconds(33)) >= 0)
                .doesNotHaveDuplicates();
    }

    @Test
    void when_the_queue_was_only_slow_the_probe_causes_nothing_more() {
        rig.running();
        rig.accept("a", "b", "c");
        long original = rig.last("a").number();
        rig.run(Duration.ofSeconds(20));
        int sent = rig.sent.size();
        assertThat(sent).isGreaterThan(3);

        rig.applied("a", original);
        rig.applied("a");

        assertThat(rig.sent).hasSize(sent);
        assertThat(rig.decided).containsExactly("a");
    }

    @Test
    void when_the_probe_is_answered_the_original_was_lost_and_the_rest_is_sent_again() {
        rig.running();
        rig.accept("a", "b", "c");
        rig.run(Duration.ofSeconds(14));
        assertThat(rig.sentAfter(3)).containsExactly("a");
        rig.accept("fresh");

        rig.applied("a");

        assertThat(rig.sentAfter(4)).containsExactly("fresh", "b", "c");
        rig.applied("b");
        rig.applied("c");
        rig.applied("fresh");
        assertThat(rig.disk.contents()).isEmpty();
    }

    @Test
    void an_earlier_probe_that_is_answered_shows_the_loss_too() {
        rig.running();
        rig.accept("a", "b");
        rig.run(Duration.ofSeconds(60));
        List<Sent> probes = rig.sent.subList(2, rig.sent.size());
        assertThat(probes.size()).isGreaterThan(1);
        int sent = rig.sent.size();

        rig.applied("a", probes.getFirst().number());

        assertThat(rig.sentAfter(sent)).containsExactly("b");
    }

    @Test
    void behind_a_slow_writer_a_long_backlog_causes_hardly_any_probe() {
        rig.running();
        String[] ids = IntStream.range(0, 600).mapToObj(i -> "c" + i).toArray(String[]::new);
        rig.accept(ids);
        rig.run(Duration.ofSeconds(6));

        // The writer takes a second for each, in order: the last is answered after ten minutes.
        for (String id : ids) {
            long original =
                    rig.sent.stream()
                            .filter(s -> s.id().equals(id))
                            .findFirst()
                            .orElseThrow()
                            .number();
            rig.applied(id, original);
            rig.run(Duration.ofSeconds(1));
        }

        assertThat(rig.sent.size()).isLessThanOrEqualTo(ids.length + 1);
        assertThat(rig.disk.contents()).isEmpty();
    }

    @Test
    void one_lost_among_many_is_found_though_others_are_answered_all_the_time() {
        rig.running();
        rig.accept("lost");
        for (int i = 0; i < 30; i++) {
            rig.accept("c" + i);
            rig.run(Duration.ofSeconds(1));
            rig.applied("c" + i);
        }

        assertThat(rig.sentIds().stream().filter("lost"::equals).count()).isBetween(2L, 4L);
    }

    @Test
    void a_command_is_published_past_its_deadline_until_its_outcome_is_known() {
        rig.running();
        rig.accept("a");
        rig.disconnect();
        rig.run(Duration.ofHours(30));

        rig.outbox.connected(false);
        rig.settle();

        assertThat(rig.sentIds()).containsExactly("a", "a");
        rig.run(Duration.ofHours(1));
        assertThat(rig.sent.size()).isGreaterThan(50);
    }
}
