package io.waybill.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.outbox.OutboxStore.Stored;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A command is accepted when it is on disk, and stays there until it is decided. */
class AcceptanceTest {

    private final Rig rig = new Rig();

    @Test
    void a_command_is_accepted_when_it_is_on_disk_and_not_before() {
        rig.running();

        CompletableFuture<Void> accepted = rig.submit("a", "contact/1");

        assertThat(accepted).isNotDone();
        assertThat(rig.outbox.held(Rig.identity("a"))).isEmpty();
        rig.settle();
        assertThat(accepted).isCompleted();
        assertThat(rig.disk.contents()).hasSize(1);
        assertThat(rig.outbox.held(Rig.identity("a"))).isPresent();
        assertThat(rig.outbox.holdsFor("contact/1")).isTrue();
    }

    @Test
    void commands_that_come_together_share_a_write() {
        rig.running();
        long before = rig.time.nanoTime();

        List<CompletableFuture<Void>> all =
                java.util.stream.IntStream.range(0, 500)
                        .mapToObj(i -> rig.submit("c" + i, "contact/" + i))
                        .toList();
        rig.time.runUntil(
                () -> all.stream().allMatch(CompletableFuture::isDone), Duration.ofSeconds(1));

        assertThat(Duration.ofNanos(rig.time.nanoTime() - before)).isLessThan(Duration.ofMillis(4));
    }

    @Test
    void an_answer_takes_the_command_off_the_disk() {
        rig.running();
        rig.accept("a", "b");

        rig.applied("a");

        assertThat(rig.decided).containsExactly("a");
        assertThat(rig.disk.contents()).hasSize(1);
        assertThat(rig.outbox.size()).isEqualTo(1);
        assertThat(rig.outbox.holdsFor("contact/of-a")).isFalse();
    }

    @Test
    void the_same_command_twice_is_kept_once_and_accepted_twice() {
        rig.running();

        CompletableFuture<Void> first = rig.submit("a", "contact/1");
        CompletableFuture<Void> second = rig.submit("a", "contact/1");
        rig.settle();
        CompletableFuture<Void> third = rig.submit("a", "contact/1");
        rig.settle();

        assertThat(List.of(first, second, third)).allMatch(CompletableFuture::isDone);
        third.join();
        assertThat(rig.sentIds()).containsExactly("a");
    }

    @Test
    void another_content_under_a_held_identity_is_refused() {
        rig.running();
        rig.accept("a");

        CompletableFuture<Void> other =
                rig.outbox.submit(rig.command("a", "contact/of-a", "another content"));
        rig.settle();

        Rig.assertRefused(other, ErrorCode.IDEMPOTENCY_KEY_REUSED);
        assertThat(rig.sentIds()).containsExactly("a");
    }

    @Test
    void a_full_outbox_refuses_and_says_when_to_try_again() {
        Rig small =
                new Rig(new MemoryOutboxStore.Disk(), usual -> Rig.bounded(usual, 3, 10, 10))
                        .running();
        small.accept("a", "b", "c");

        CompletableFuture<Void> refused = small.submit("d", "contact/d");
        small.settle();

        WaybillException failure = Rig.assertRefused(refused, ErrorCode.RESOURCE_EXHAUSTED);
        assertThat(failure.retryAfter()).isPresent();
        assertThat(small.disk.contents()).hasSize(3);
        small.applied("b");
        small.accept("d");
        assertThat(small.disk.contents()).hasSize(3);
    }

    @Test
    void the_bytes_it_keeps_are_bounded_too() {
        OutboxEntry large = rig.command("large", "contact/1", "x".repeat(10_000));
        Rig small =
                new Rig(
                                new MemoryOutboxStore.Disk(),
                                usual ->
                                        new OutboxSettings(
                                                usual.capacity(),
                                                5_000,
                                                usual.window(),
                                                usual.inFlight(),
                                                usual.delay(),
                                                usual.overdue(),
                                                usual.noSubscribers(),
                                                usual.unpublished(),
                                                usual.refused(),
                                                usual.reopening(),
                                                usual.asking()))
                        .running();
        var _ = small.outbox.submit(large);
        small.settle();

        CompletableFuture<Void> refused = small.submit("a", "contact/2");
        small.settle();

        Rig.assertRefused(refused, ErrorCode.RESOURCE_EXHAUSTED);
    }

    @Test
    void after_a_crash_what_was_accepted_is_sent_in_the_order_accepted() {
        rig.running();
        rig.accept("a", "b", "c");
        rig.applied("b");
        rig.disk.crash();
        rig.loop.kill();

        Rig next = new Rig(rig.disk, usual -> usual).running();

        // The removal of b was not synced: it is back, and will be answered with what is recorded.
        assertThat(next.sentIds()).containsExactly("a", "b", "c");
        next.applied("a");
        next.applied("b");
        next.applied("c");
        assertThat(next.disk.contents()).isEmpty();
    }

    @Test
    void a_command_found_twice_on_the_disk_is_kept_once_and_no_sequence_is_given_again() {
        MemoryOutboxStore earlier = new MemoryOutboxStore(rig.loop, rig.disk, Duration.ofMillis(1));
        OutboxEntry twice = rig.command("a", "contact/1");
        var _ = earlier.open();
        var _ = earlier.put(List.of(new Stored(7, twice), new Stored(8, twice)));
        rig.settle();
        rig.running();

        rig.accept("b");

        assertThat(rig.sentIds()).containsExactly("a", "b");
        assertThat(rig.disk.contents().keySet()).containsExactly(7L, 9L);
    }

    @Test
    void numbers_of_an_earlier_process_are_not_used_again() {
        rig.running();
        rig.accept("a");
        rig.run(Duration.ofSeconds(1));
        rig.loop.kill();

        Rig next = new Rig(rig.time, rig.disk, usual -> usual).running();

        assertThat(next.last("a").number()).isGreaterThan(rig.last("a").number());
    }

    @Test
    void a_closed_outbox_finishes_its_write_and_takes_nothing_more() {
        rig.running();
        CompletableFuture<Void> before = rig.submit("a", "contact/1");
        CompletableFuture<Void> closed = rig.outbox.close();
        CompletableFuture<Void> after = rig.submit("b", "contact/2");
        rig.settle();

        assertThat(closed).isCompleted();
        assertThat(before).isCompleted();
        Rig.assertRefused(after, ErrorCode.UNAVAILABLE);
        assertThat(rig.disk.contents()).hasSize(1);
        assertThat(rig.sent).isEmpty();
    }
}
