package io.waybill.database.engine;

import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.refused;
import static io.waybill.database.engine.Proposals.stream;
import static io.waybill.database.engine.Proposals.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Timestamp;

import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Timer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** What the timers of every engine's log must do. */
interface TimerConformance extends LogUnderTest {

    Instant FOR_EVER = Instant.MAX;

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    /** Which timers are due until then: {@code contact:name@millis}. */
    private List<String> due(long millis) {
        return dueTimers(at(millis), 1_000).timers().stream()
                .map(TimerConformance::described)
                .toList();
    }

    private DueTimers dueTimers(Instant until, int limit) {
        return log().dueTimers(Optional.empty(), until, limit);
    }

    private static String described(DueTimer due) {
        Timestamp at = due.getTimer().getDue();
        return "%s@%d"
                .formatted(
                        due.getTimer().getName(),
                        at.getSeconds() * 1_000 + at.getNanos() / 1_000_000);
    }

    @Test
    default void an_empty_log_has_no_timers() {
        assertThat(dueTimers(FOR_EVER, 10).timers()).isEmpty();
        assertThat(dueTimers(FOR_EVER, 10).next()).isEmpty();
    }

    @Test
    default void a_timer_is_given_as_it_was_set_once_it_is_due() {
        Timer wakeUp =
                timer("saga", 5_000).toBuilder()
                        .setTries(3)
                        .setDeadline(Timestamp.newBuilder().setSeconds(9).setNanos(1))
                        .build();
        append(adds("a", "ada"), adds("b", "bob").addTimersSet(wakeUp));

        assertThat(dueTimers(at(4_999), 10))
                .isEqualTo(new DueTimers(List.of(), Optional.of(at(5_000))));
        DueTimers due = dueTimers(at(5_000), 10);
        assertThat(due.timers())
                .containsExactly(
                        DueTimer.newBuilder()
                                .setStream(stream("bob"))
                                .setTimer(wakeUp)
                                .setPosition(2)
                                .build());
        assertThat(due.next()).isEmpty();
        assertThat(log().read(1, EventLogConformance.PLENTY).getFirst().getTimersSetList())
                .containsExactly(wakeUp);
    }

    @Test
    default void timers_come_in_order_of_their_time_to_the_nanosecond() {
        long[] seconds = {5, -5, 0, 253_402_300_799L, 5, -62_135_596_800L};
        int[] nanos = {2, 0, 0, 999_999_999, 1, 0};
        for (int i = 0; i < seconds.length; i++) {
            append(
                    adds("c" + i, "contact" + i)
                            .addTimersSet(
                                    Timer.newBuilder()
                                            .setName("t" + i)
                                            .setDue(
                                                    Timestamp.newBuilder()
                                                            .setSeconds(seconds[i])
                                                            .setNanos(nanos[i]))));
        }
        assertThat(dueTimers(FOR_EVER, 10).timers())
                .extracting(due -> due.getTimer().getName())
                .containsExactly("t5", "t1", "t2", "t4", "t0", "t3");
        assertThat(dueTimers(Instant.ofEpochSecond(5, 1), 10).timers()).hasSize(4);
    }

    @Test
    default void no_more_are_given_than_asked_and_when_the_next_is_due() {
        append(
                adds("a", "ada").addTimersSet(timer("x", 30)).addTimersSet(timer("y", 10)),
                adds("b", "bob").addTimersSet(timer("x", 20)));
        DueTimers first = dueTimers(at(100), 1);
        assertThat(first.timers()).extracting(due -> due.getTimer().getName()).containsExactly("y");
        assertThat(first.next()).contains(at(20));
        DueTimers two = dueTimers(at(20), 2);
        assertThat(two.timers()).hasSize(2);
        assertThat(two.next()).contains(at(30));
        assertThat(dueTimers(at(100), 3).next()).isEmpty();
    }

    @Test
    default void those_behind_one_are_given_though_it_stands_no_more() {
        append(
                adds("a", "ada").addTimersSet(timer("x", 10)).addTimersSet(timer("y", 10)),
                adds("b", "bob").addTimersSet(timer("x", 10)).addTimersSet(timer("y", 20)));
        List<DueTimer> all = dueTimers(at(100), 10).timers();
        for (int i = 0; i < all.size(); i++) {
            DueTimers behind = log().dueTimers(Optional.of(all.get(i)), at(10), 1);
            assertThat(behind.timers()).isEqualTo(i < 2 ? List.of(all.get(i + 1)) : List.of());
            assertThat(behind.next())
                    .isEqualTo(
                            switch (i) {
                                case 0 -> Optional.of(at(10));
                                case 1, 2 -> Optional.of(at(20));
                                default -> Optional.<Instant>empty();
                            });
        }
        append(applied("c", "ada", 1).addTimersCleared("x"));
        assertThat(log().dueTimers(Optional.of(all.getFirst()), at(100), 10).timers())
                .isEqualTo(all.subList(1, 4));
        DueTimer before = DueTimer.newBuilder().setTimer(timer("", 20)).build();
        assertThat(log().dueTimers(Optional.of(before), at(100), 10).timers())
                .containsExactly(all.getLast());
    }

    @Test
    default void setting_a_timer_again_replaces_it_and_clearing_removes_it() {
        append(adds("a", "ada").addTimersSet(timer("x", 10)).addTimersSet(timer("y", 20)));
        append(applied("b", "ada", 1).addTimersSet(timer("x", 30)));
        assertThat(due(100)).containsExactly("y@20", "x@30");
        append(applied("c", "ada", 1).addTimersSet(timer("y", 20).toBuilder().setTries(1)));
        assertThat(due(100)).containsExactly("y@20", "x@30");
        assertThat(dueTimers(at(20), 10).timers())
                .extracting(due -> due.getTimer().getTries(), DueTimer::getPosition)
                .containsExactly(tuple(1, 3L));
        append(applied("d", "ada", 1).addTimersCleared("y").addTimersCleared("never set"));
        assertThat(due(100)).containsExactly("x@30");
        append(applied("e", "ada", 1).addTimersCleared("x").addTimersSet(timer("x", 40)));
        assertThat(due(100)).containsExactly("x@40");
        append(applied("f", "ada", 1).addTimersCleared("x"));
        assertThat(due(100)).isEmpty();
    }

    @Test
    default void a_timer_is_its_streams_own() {
        append(
                adds("a", "ada").addTimersSet(timer("x", 10)),
                adds("b", "bob").addTimersSet(timer("x", 10)));
        append(applied("c", "ada", 1).addTimersCleared("x"));
        assertThat(dueTimers(FOR_EVER, 10).timers())
                .extracting(DueTimer::getStream)
                .containsExactly(stream("bob"));
    }

    @Test
    default void within_a_batch_later_commits_see_the_timers_of_earlier_ones() {
        append(adds("a", "ada").addTimersSet(timer("old", 5)));
        append(
                applied("b", "ada", 1).addTimersSet(timer("x", 10)),
                applied("c", "ada", 1).addTimersSet(timer("x", 20)).addTimersCleared("old"),
                applied("d", "ada", 1).addTimersSet(timer("y", 30)),
                applied("e", "ada", 1).addTimersCleared("y").addTimersSet(timer("old", 5)),
                applied("f", "ada", 1).addTimersSet(timer("x", 10)));
        assertThat(due(100)).containsExactly("old@5", "x@10");
    }

    @Test
    default void what_is_not_written_leaves_timers_as_they_are() {
        append(adds("a", "ada").addTimersSet(timer("x", 10)));
        List<AppendResult> results =
                append(
                        adds("a", "ada").addTimersSet(timer("x", 20)),
                        applied("b", "ada", 9).addTimersCleared("x"),
                        refused("c", "ada", 1).addTimersCleared("x"),
                        refused("d", "ada", 1).addTimersSet(timer("y", 20)));
        assertThat(results)
                .extracting(AppendResult::getResultCase)
                .containsExactly(
                        AppendResult.ResultCase.RECORDED,
                        AppendResult.ResultCase.VERSION_CONFLICT,
                        AppendResult.ResultCase.INVALID,
                        AppendResult.ResultCase.INVALID);
        assertThat(due(100)).containsExactly("x@10");
    }

    @Test
    default void timers_that_cannot_be_stored_hurt_no_other_commit() {
        Timer fine = timer("x", 10);
        ProposedCommit.Builder tooMany = adds("e", "eve").addTimersCleared("one more");
        IntStream.range(0, 1_100).forEach(i -> tooMany.addTimersSet(timer("t" + i, i)));
        List<AppendResult> results =
                append(
                        adds("a", "ada").addTimersSet(fine.toBuilder().setName("")),
                        adds("b", "bob").addTimersSet(fine.toBuilder().setName("a\0b")),
                        adds("c", "cleo").addTimersSet(fine.toBuilder().setName("n".repeat(201))),
                        adds("d", "dora").addTimersSet(fine.toBuilder().clearDue()),
                        tooMany,
                        adds("f", "fay").addTimersSet(fine).addTimersSet(fine),
                        adds("g", "gus").addTimersCleared(""),
                        adds("h", "hal")
                                .addTimersSet(
                                        fine.toBuilder()
                                                .setDeadline(Timestamp.newBuilder().setNanos(-1))),
                        adds("z", "zoe").addTimersSet(fine));
        assertThat(results.getLast().hasRecorded()).isTrue();
        assertThat(results.subList(0, results.size() - 1))
                .allMatch(result -> result.getInvalid().getReason().startsWith("timers_"));
        assertThat(append(tooMany.clearTimersCleared()).getFirst().hasRecorded()).isTrue();
        assertThat(dueTimers(FOR_EVER, 2_000).timers()).hasSize(1_101);
    }

    @Test
    default void timers_are_there_after_closing_and_opening_again() {
        append(
                adds("a", "ada").addTimersSet(timer("x", 10)).addTimersSet(timer("y", 20)),
                applied("b", "ada", 1).addTimersCleared("x"));
        reopen();
        assertThat(due(100)).containsExactly("y@20");
        append(applied("c", "ada", 1).addTimersSet(timer("y", 30)));
        assertThat(due(100)).containsExactly("y@30");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void whatever_was_set_and_cleared_what_stands_follows_from_the_log(long seed) {
        Random random = new Random(seed);
        int commands = 0;
        for (int batch = 0; batch < 60; batch++) {
            List<ProposedCommit.Builder> proposed = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                ProposedCommit.Builder commit =
                        applied("c" + commands++, "contact" + random.nextInt(5), 0);
                for (int timer = random.nextInt(4); timer > 0; timer--) {
                    // Times close to each other, so that many are equal.
                    commit.addTimersSet(timer("t" + timer, random.nextInt(50)));
                }
                if (random.nextBoolean()) {
                    commit.addTimersCleared("t" + random.nextInt(4));
                }
                proposed.add(commit);
            }
            append(proposed.toArray(ProposedCommit.Builder[]::new));
            if (random.nextInt(15) == 0) {
                reopen();
            }
            long until = random.nextInt(60);
            List<DueTimer> standing =
                    StandingTimers.after(log().read(0, EventLogConformance.PLENTY));
            List<DueTimer> expected =
                    standing.stream().filter(timer -> millis(timer) <= until).toList();
            DueTimers due = dueTimers(at(until), 1_000);
            assertThat(due.timers()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(due.timers())
                    .isSortedAccordingTo(Comparator.comparingLong(TimerConformance::millis));
            assertThat(due.next())
                    .isEqualTo(
                            standing.stream()
                                    .map(TimerConformance::millis)
                                    .filter(millis -> millis > until)
                                    .min(Comparator.naturalOrder())
                                    .map(TimerConformance::at));
        }
    }

    private static long millis(DueTimer timer) {
        Timestamp due = timer.getTimer().getDue();
        return due.getSeconds() * 1_000 + due.getNanos() / 1_000_000;
    }
}
