package io.waybill.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.gateway.outbox.MemoryOutboxStore.Trouble;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A disk that fails loses nothing that was accepted, and is used again when it can be. */
class DiskTest {

    private final Rig rig = new Rig();

    @Test
    void when_the_sync_fails_the_command_is_in_doubt_and_gets_an_outcome_if_it_was_kept() {
        rig.running();
        rig.disk.next(Trouble.FAILS_BUT_IS_KEPT);

        CompletableFuture<Void> inDoubt = rig.submit("a", "contact/1");
        rig.settle();

        WaybillException failure = Rig.assertRefused(inDoubt, ErrorCode.UNAVAILABLE);
        assertThat(failure.sentence()).contains("command a").contains("in doubt");
        assertThat(rig.sentIds()).containsExactly("a");
        assertThat(rig.accepted).containsExactly("a");
        assertThat(rig.outbox.held(Rig.identity("a"))).isPresent();
        rig.applied("a");
        assertThat(rig.disk.contents()).isEmpty();
    }

    @Test
    void when_the_sync_fails_a_command_that_was_not_kept_is_forgotten() {
        rig.running();
        rig.disk.next(Trouble.FAILS);

        CompletableFuture<Void> inDoubt = rig.submit("a", "contact/1");
        rig.settle();

        Rig.assertRefused(inDoubt, ErrorCode.UNAVAILABLE);
        assertThat(rig.sent).isEmpty();
        assertThat(rig.released).containsExactly("a");
        assertThat(rig.outbox.size()).isZero();
        rig.accept("a");
        assertThat(rig.sentIds()).containsExactly("a");
    }

    @Test
    void what_waited_behind_a_failed_write_is_not_accepted_and_not_in_doubt() {
        rig.running();
        rig.disk.next(Trouble.FAILS);
        CompletableFuture<Void> first = rig.submit("a", "contact/1");
        rig.run(Duration.ofNanos(500_000));
        CompletableFuture<Void> second = rig.submit("b", "contact/1");
        rig.settle();

        Rig.assertRefused(first, ErrorCode.UNAVAILABLE);
        assertThat(Rig.assertRefused(second, ErrorCode.UNAVAILABLE).sentence())
                .contains("nothing was accepted");
        assertThat(rig.disk.contents()).isEmpty();
    }

    @Test
    void nothing_is_written_after_a_failure_until_the_store_was_opened_again() {
        rig.running();
        rig.disk.next(Trouble.FAILS);
        var _ = rig.submit("a", "contact/1");
        rig.time.runUntil(() -> !rig.outbox.health().up(), Duration.ofSeconds(1));
        rig.disk.next(Trouble.CANNOT_BE_OPENED);

        rig.run(Duration.ofMillis(5));
        CompletableFuture<Void> meanwhile = rig.submit("b", "contact/2");
        rig.run(Duration.ofMillis(5));

        Rig.assertRefused(meanwhile, ErrorCode.UNAVAILABLE);
        assertThat(rig.outbox.health().up()).isFalse();
        rig.disk.heal();
        rig.run(Duration.ofSeconds(1));
        assertThat(rig.outbox.health().up()).isTrue();
        rig.accept("b");
        assertThat(rig.sentIds()).containsExactly("b");
    }

    @Test
    void a_removal_that_failed_is_done_again() {
        rig.running();
        rig.accept("a", "b");
        rig.disk.next(Trouble.FAILS);

        rig.applied("a");
        rig.settle();

        assertThat(rig.disk.contents()).hasSize(1);
        assertThat(rig.outbox.held(Rig.identity("b"))).isPresent();
        assertThat(rig.outbox.health().up()).isTrue();
    }

    @Test
    void a_full_disk_refuses_commands_and_hurts_nothing_else() {
        rig.running();
        rig.accept("a");
        rig.disk.next(Trouble.NO_ROOM);

        CompletableFuture<Void> refused = rig.submit("b", "contact/2");
        rig.settle();

        assertThat(Rig.assertRefused(refused, ErrorCode.RESOURCE_EXHAUSTED).retryAfter())
                .isPresent();
        rig.applied("a");
        assertThat(rig.disk.contents()).isEmpty();
        rig.disk.heal();
        rig.accept("b");
        assertThat(rig.disk.contents()).hasSize(1);
    }

    @Test
    void a_disk_that_cannot_be_opened_at_first_fails_the_start() {
        rig.disk.next(Trouble.CANNOT_BE_OPENED);

        CompletableFuture<Void> started = rig.outbox.start();
        rig.settle();

        assertThatThrownBy(started::join).hasMessageContaining("cannot be opened");
    }

    @Test
    void a_disk_that_cannot_be_opened_again_is_tried_ever_more_seldom_until_it_can() {
        rig.running();
        rig.accept("a");
        fail();
        rig.disk.next(Trouble.CANNOT_BE_OPENED);
        int before = rig.disk.openings();

        rig.run(Duration.ofSeconds(30));
        // After 0.1 s, then twice as long each time, up to 5 s, less jitter.
        assertThat(rig.disk.openings() - before).isBetween(9, 18);
        assertThat(rig.outbox.health().up()).isFalse();
        rig.disk.heal();
        rig.run(Duration.ofMillis(5_100));

        assertThat(rig.outbox.health().up()).isTrue();
        rig.accept("b");
        assertThat(rig.accepted).containsExactly("a", "b");
    }

    @Test
    void after_it_could_be_opened_the_next_trouble_is_tried_again_as_soon_as_the_first() {
        rig.running();
        fail();
        rig.disk.next(Trouble.CANNOT_BE_OPENED);
        rig.run(Duration.ofSeconds(30));
        rig.disk.heal();
        rig.run(Duration.ofSeconds(6));

        fail();
        rig.disk.next(Trouble.CANNOT_BE_OPENED);
        rig.run(Duration.ofMillis(10));
        rig.disk.heal();
        rig.run(Duration.ofMillis(110));

        assertThat(rig.outbox.health().up()).isTrue();
    }

    @Test
    void which_store_it_is_for_is_remembered_though_the_disk_failed_at_that() {
        rig.disk.next(Trouble.FAILS);

        rig.running();

        assertThat(rig.disk.store()).contains(Rig.STORE);
        rig.loop.kill();
        Rig next = new Rig(rig.disk, usual -> usual);
        StoreInfo other = Rig.STORE.toBuilder().setStoreId("other").build();
        next.store = CompletableFuture.completedFuture(other);
        assertThat(next.running().outbox.health().up()).isFalse();
    }

    /** A write fails, and the disk is not open any more. */
    private void fail() {
        rig.disk.next(Trouble.FAILS);
        var _ = rig.submit("failed", "contact/failed");
        rig.time.runUntil(() -> !rig.outbox.health().up(), Duration.ofSeconds(1));
    }
}
