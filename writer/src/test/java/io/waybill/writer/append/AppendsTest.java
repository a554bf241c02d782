package io.waybill.writer.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.memory.Commands;
import io.waybill.writer.memory.MemoryLog;
import io.waybill.writer.store.StoreListener;
import io.waybill.writer.store.StoreMemory;
import io.waybill.writer.store.StoreWatch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class AppendsTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime(1, Instant.parse("2026-01-01T09:00:00Z"));
    private final VirtualEventLoop loop = time.loop("writer");
    private final MemoryLog log = new MemoryLog(time.loop("log"));
    private final HeldAnswers held = new HeldAnswers(log);
    private final StoreWatch store =
            new StoreWatch(loop, held, StoreMemory.untilTheEnd(), time.random(), new NoListener());
    private final Appends appends = new Appends(loop, held, store);
    private final List<Integer> appended = new ArrayList<>();
    private final List<Integer> toDecideAgain = new ArrayList<>();

    @BeforeEach
    void know_the_store() {
        loop.execute(store::start);
        time.run(SOON);
    }

    @Test
    void a_group_that_cannot_take_its_results_stops_no_other() {
        loop.execute(
                () -> {
                    appends.add(new Group(1, false));
                    appends.add(new Group(2, true));
                    appends.add(new Group(3, false));
                });
        time.run(SOON);

        assertThat(log.appendCalls()).isEqualTo(1);
        assertThat(log.commits()).hasSize(3);
        assertThat(appended).containsExactly(1, 3);
        assertThat(appends.idle()).isTrue();

        loop.execute(() -> appends.add(new Group(4, false)));
        time.run(SOON);
        assertThat(appended).containsExactly(1, 3, 4);
    }

    @Test
    void what_was_appended_before_a_restore_and_answered_after_it_is_decided_again() {
        held.hold();
        loop.execute(() -> appends.add(new Group(1, false)));
        time.run(SOON);
        assertThat(log.commits()).hasSize(1);

        log.restoreWithout(1);
        loop.execute(store::ask);
        time.run(SOON);
        held.release();
        time.run(SOON);

        assertThat(appended).isEmpty();
        assertThat(toDecideAgain).containsExactly(1);
        assertThat(appends.idle()).isTrue();
    }

    @Test
    void what_waits_while_the_store_is_restored_is_decided_again_and_not_written() {
        held.hold();
        for (int i = 1; i <= 4; i++) {
            Group group = new Group(i, false);
            loop.execute(() -> appends.add(group));
            time.run(SOON);
        }
        assertThat(log.appendCalls()).isEqualTo(3);

        log.restoreWithout(3);
        loop.execute(store::ask);
        time.run(SOON);
        held.release();
        time.run(SOON);

        assertThat(toDecideAgain).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(log.commits()).isEmpty();
    }

    @Test
    void a_store_that_was_restored_unnoticed_takes_nothing_that_was_decided_before() {
        log.restoreWithout(0);
        loop.execute(() -> appends.add(new Group(1, false)));
        time.run(SOON);

        assertThat(log.commits()).isEmpty();
        assertThat(toDecideAgain).containsExactly(1);
        assertThat(appends.idle()).isTrue();
    }

    private final class Group implements AppendGroup {

        private final int number;
        private final boolean fails;

        private Group(int number, boolean fails) {
            this.number = number;
            this.fails = fails;
        }

        @Override
        public List<ProposedCommit> commits() {
            return List.of(
                    ProposedCommit.newBuilder()
                            .setStream("contact/" + number)
                            .setCommand(Commands.identity(Commands.id(number)))
                            .build());
        }

        @Override
        public void appended(List<AppendResult> results, StoreInfo in) {
            if (fails) {
                throw new IllegalStateException("as the test wants it");
            }
            appended.add(number);
        }

        @Override
        public void decideAgain() {
            toDecideAgain.add(number);
        }
    }

    private static final class NoListener implements StoreListener {
        @Override
        public void opened() {}

        @Override
        public void restored() {}

        @Override
        public void refused(String sentence) {}
    }
}
