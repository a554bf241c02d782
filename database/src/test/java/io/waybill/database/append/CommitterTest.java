package io.waybill.database.append;

import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.refused;
import static io.waybill.database.engine.Proposals.renames;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.database.TestDatabase;
import io.waybill.database.engine.Appended;
import io.waybill.database.engine.DueTimers;
import io.waybill.database.engine.EventLog;
import io.waybill.database.engine.PageLimit;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.database.tail.LogTail;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.eventstore.v1.AppendRequest;
import io.waybill.proto.eventstore.v1.AppendResponse;
import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.AppendResult.ResultCase;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Snapshot;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class CommitterTest {

    private final GatedLog log = new GatedLog();
    private final LogTail tail = new LogTail(log);
    private final Committer committer = new Committer(log, tail);

    @AfterEach
    void stop() {
        log.gate.countDown();
        committer.close();
    }

    /** A log in memory whose first append waits at a gate, and which can fail. */
    private static final class GatedLog implements EventLog {
        private final EventLog log = new MemoryEngine("store", "incarnation").log();
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);
        private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger writesThenFails = new AtomicInteger();

        @Override
        public Appended append(List<ProposedCommit> proposed) {
            reached.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            batches.add(proposed.size());
            Appended appended = log.append(proposed);
            if (writesThenFails.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new WaybillException(ErrorCode.UNAVAILABLE, "in doubt");
            }
            return appended;
        }

        @Override
        public long end() {
            return log.end();
        }

        @Override
        public Optional<Commit> find(CommandIdentity command) {
            return log.find(command);
        }

        @Override
        public List<Commit> readStream(String stream, long afterVersion, PageLimit limit) {
            return log.readStream(stream, afterVersion, limit);
        }

        @Override
        public List<Commit> readStreamBack(String stream, long upToVersion, PageLimit limit) {
            return log.readStreamBack(stream, upToVersion, limit);
        }

        @Override
        public List<Commit> read(long afterPosition, PageLimit limit) {
            return log.read(afterPosition, limit);
        }

        @Override
        public DueTimers dueTimers(Optional<DueTimer> after, Instant until, int limit) {
            return log.dueTimers(after, until, limit);
        }

        @Override
        public void saveSnapshot(Snapshot snapshot) {
            log.saveSnapshot(snapshot);
        }

        @Override
        public Optional<Snapshot> snapshot(String stream) {
            return log.snapshot(stream);
        }
    }

    private static AppendRequest many(String prefix, int count) {
        return TestDatabase.request(
                IntStream.range(0, count)
                        .mapToObj(i -> refused(prefix + i, prefix + i, 0))
                        .toArray(ProposedCommit.Builder[]::new));
    }

    private static ErrorCode failure(CompletableFuture<AppendResponse> answer) {
        try {
            answer.orTimeout(5, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            return e.getCause() instanceof WaybillException failure
                    ? failure.code()
                    : ErrorCode.INTERNAL;
        }
        throw new AssertionError("answered");
    }

    @Test
    void all_calls_that_wait_become_one_batch_and_each_gets_its_own_answers() throws Exception {
        CompletableFuture<AppendResponse> first =
                committer.append(TestDatabase.request(adds("a", "ada")));
        log.reached.await();
        CompletableFuture<AppendResponse> second =
                committer.append(
                        TestDatabase.request(
                                renames("b", "ada", 1, "x"), renames("c", "ada", 1, "y")));
        CompletableFuture<AppendResponse> third =
                committer.append(TestDatabase.request(adds("a", "ada")));
        log.gate.countDown();

        assertThat(first.get(5, TimeUnit.SECONDS).getResultsList())
                .extracting(AppendResult::getResultCase)
                .containsExactly(ResultCase.RECORDED);
        assertThat(second.get(5, TimeUnit.SECONDS).getResultsList())
                .extracting(AppendResult::getResultCase)
                .containsExactly(ResultCase.RECORDED, ResultCase.VERSION_CONFLICT);
        assertThat(third.get(5, TimeUnit.SECONDS).getResults(0).getRecorded().getDuplicate())
                .isTrue();
        assertThat(log.batches).containsExactly(1, 3);
    }

    @Test
    void what_waits_is_bounded_and_more_is_refused_with_when_to_come_back() throws Exception {
        List<CompletableFuture<AppendResponse>> taken = new ArrayList<>();
        for (int i = 0; i < Committer.MOST_WAITING / 1_000; i++) {
            taken.add(committer.append(many("x" + i + "-", 1_000)));
        }
        log.reached.await();
        CompletableFuture<AppendResponse> refused =
                committer.append(TestDatabase.request(adds("a", "ada")));
        assertThat(refused.exceptionNow())
                .isInstanceOfSatisfying(
                        WaybillException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
                            assertThat(failure.retryAfter()).isPresent();
                        });
        log.gate.countDown();
        for (CompletableFuture<AppendResponse> answer : taken) {
            assertThat(answer.get(10, TimeUnit.SECONDS).getResultsCount()).isEqualTo(1_000);
        }
        assertThat(log.end()).isEqualTo(Committer.MOST_WAITING);
        assertThat(log.batches).allMatch(size -> size <= 2_000);
        assertThat(
                        committer
                                .append(TestDatabase.request(adds("a", "ada")))
                                .get(5, TimeUnit.SECONDS)
                                .getResults(0)
                                .hasRecorded())
                .isTrue();
    }

    @Test
    void a_write_that_fails_is_told_to_its_callers_and_seen_by_followers_if_it_happened()
            throws Exception {
        log.gate.countDown();
        log.writesThenFails.set(1);
        CountDownLatch woken = new CountDownLatch(1);
        try (var _ = tail.follow(woken::countDown)) {
            assertThat(failure(committer.append(TestDatabase.request(adds("a", "ada")))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(woken.await(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(tail.read(0, new PageLimit(10, 1 << 20))).hasSize(1);

        AppendResponse again =
                committer
                        .append(TestDatabase.request(adds("a", "ada"), adds("b", "bob")))
                        .get(5, TimeUnit.SECONDS);
        assertThat(again.getResults(0).getRecorded().getDuplicate()).isTrue();
        assertThat(tail.read(0, new PageLimit(10, 1 << 20)))
                .extracting(Commit::getPosition)
                .containsExactly(1L, 2L);
    }

    @Test
    void closing_appends_what_waits_and_takes_no_more() throws Exception {
        CompletableFuture<AppendResponse> waiting =
                committer.append(TestDatabase.request(adds("a", "ada")));
        log.reached.await();
        CompletableFuture<AppendResponse> behind =
                committer.append(TestDatabase.request(adds("b", "bob")));
        Thread closing = Thread.ofPlatform().start(committer::close);
        log.gate.countDown();
        assertThat(waiting.get(5, TimeUnit.SECONDS).getResultsCount()).isEqualTo(1);
        assertThat(behind.get(5, TimeUnit.SECONDS).getResultsCount()).isEqualTo(1);
        closing.join();
        assertThat(failure(committer.append(TestDatabase.request(adds("c", "cleo")))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }
}
