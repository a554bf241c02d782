package io.waybill.database.engine;

import static io.waybill.database.engine.Proposals.added;
import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.command;
import static io.waybill.database.engine.Proposals.refused;
import static io.waybill.database.engine.Proposals.renames;
import static io.waybill.database.engine.Proposals.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.AppendResult.ResultCase;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DeadLetter;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.eventstore.v1.StoreInfo;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What every engine's log must do. */
public abstract class EventLogConformance
        implements TimerConformance, ForeclosureConformance, SnapshotConformance {

    protected static final PageLimit PLENTY = new PageLimit(10_000, 64 << 20);

    private StorageEngine engine;

    /** A new, empty store. */
    protected abstract StorageEngine create();

    /** The same store after the engine has been closed and opened again, if it outlives that. */
    protected abstract StorageEngine reopen(StorageEngine engine);

    @BeforeEach
    void create_a_store() {
        engine = create();
    }

    @AfterEach
    void close_the_store() {
        engine.close();
    }

    @Override
    public final EventLog log() {
        return engine.log();
    }

    @Override
    public final void reopen() {
        engine = reopen(engine);
    }

    private List<Long> positions() {
        return engine.log().read(0, PLENTY).stream().map(Commit::getPosition).toList();
    }

    @Test
    void an_empty_log_ends_at_0() {
        assertThat(engine.log().end()).isZero();
        assertThat(engine.log().read(0, PLENTY)).isEmpty();
        assertThat(engine.log().readStream(stream("ada"), 0, PLENTY)).isEmpty();
        assertThat(engine.log().find(command("a"))).isEmpty();
    }

    @Test
    void a_commit_is_kept_as_it_was_proposed_with_its_position_and_version() {
        ProposedCommit proposed = adds("a", "ada").build();
        AppendResult result = append(proposed.toBuilder()).getFirst();

        Commit commit = engine.log().find(command("a")).orElseThrow();
        assertThat(commit)
                .isEqualTo(
                        Commit.newBuilder()
                                .setPosition(1)
                                .setVersion(1)
                                .setStream(proposed.getStream())
                                .setCommand(proposed.getCommand())
                                .setFingerprint(proposed.getFingerprint())
                                .setOutcome(proposed.getOutcome())
                                .addAllEvents(proposed.getEventsList())
                                .setMetadata(proposed.getMetadata())
                                .setDecidedAt(proposed.getDecidedAt())
                                .build());
        assertThat(result.getRecorded().getDuplicate()).isFalse();
        assertThat(result.getRecorded().getCommit())
                .isEqualTo(commit.toBuilder().clearEvents().build());
        assertThat(engine.log().end()).isEqualTo(1);
    }

    @Test
    void what_was_written_is_given_back_whole_and_in_order() {
        Appended appended =
                engine.log()
                        .append(
                                List.of(
                                        adds("a", "ada").build(),
                                        renames("b", "bob", 7, "x").build(),
                                        adds("c", "cleo").build()));
        assertThat(appended.results()).hasSize(3);
        assertThat(appended.written()).isEqualTo(engine.log().read(0, PLENTY)).hasSize(2);
    }

    @Test
    void versions_count_events_and_a_refusal_advances_the_position_alone() {
        append(
                applied("a", "ada", 0, Proposals.added("ada", "x"), Proposals.added("ada", "y")),
                refused("b", "ada", 2),
                renames("c", "ada", 2, "z"),
                applied("d", "ada", 3));
        List<Commit> commits = engine.log().read(0, PLENTY);
        assertThat(commits).extracting(Commit::getVersion).containsExactly(2L, 2L, 3L, 3L);
        assertThat(positions()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void a_repeated_command_gets_its_recorded_commit_and_has_no_second_effect() {
        append(adds("a", "ada"));
        Commit recorded = engine.log().find(command("a")).orElseThrow();

        List<AppendResult> again =
                append(
                        adds("a", "ada"),
                        refused("a", "somebody else", 99).setPredecessor(command("unknown")),
                        adds("a", "ada").setStream("not a stream"));

        assertThat(again).allMatch(result -> result.getRecorded().getDuplicate());
        assertThat(again)
                .allMatch(
                        result ->
                                result.getRecorded()
                                        .getCommit()
                                        .equals(recorded.toBuilder().clearEvents().build()));
        assertThat(engine.log().end()).isEqualTo(1);
    }

    @Test
    void a_dead_letter_is_kept_and_not_sent_back() {
        ProposedCommit.Builder dead =
                refused("a", "ada", 0)
                        .setDeadLetter(
                                DeadLetter.newBuilder()
                                        .setReason("it kills")
                                        .setPayload(ByteString.copyFrom(new byte[16_000])));

        for (AppendResult result : append(dead, dead)) {
            assertThat(result.getRecorded().getCommit().getCommand()).isEqualTo(command("a"));
            assertThat(result.getSerializedSize()).isLessThan(1_000);
        }
        assertThat(engine.log().find(command("a")).orElseThrow().getDeadLetter())
                .isEqualTo(dead.getDeadLetter());
    }

    @Test
    void a_command_that_comes_twice_in_one_batch_is_written_once() {
        List<AppendResult> results = append(adds("a", "ada"), adds("a", "ada"));
        assertThat(results.get(0).getRecorded().getDuplicate()).isFalse();
        assertThat(results.get(1).getRecorded().getDuplicate()).isTrue();
        assertThat(results.get(1).getRecorded().getCommit())
                .isEqualTo(results.get(0).getRecorded().getCommit());
        assertThat(engine.log().end()).isEqualTo(1);
    }

    @Test
    void the_same_id_of_another_principal_is_another_command() {
        CommandIdentity eves = CommandIdentity.newBuilder(command("a")).setPrincipal("eve").build();
        append(adds("a", "ada"), adds("a", "eve").setCommand(eves));
        assertThat(engine.log().end()).isEqualTo(2);
        assertThat(engine.log().find(eves).orElseThrow().getPosition()).isEqualTo(2);
        assertThat(engine.log().find(command("a")).orElseThrow().getPosition()).isEqualTo(1);
    }

    @Test
    void a_stream_that_has_moved_is_a_conflict_for_refusals_too() {
        append(adds("a", "ada"));
        List<AppendResult> results =
                append(
                        renames("b", "ada", 0, "x"),
                        refused("c", "ada", 0),
                        renames("d", "ada", 2, "x"),
                        refused("e", "nobody", 1));
        assertThat(results)
                .extracting(result -> result.getVersionConflict().getCurrentVersion())
                .containsExactly(1L, 1L, 1L, 0L);
        assertThat(results)
                .allMatch(result -> result.getResultCase() == ResultCase.VERSION_CONFLICT);
        assertThat(engine.log().end()).isEqualTo(1);
    }

    @Test
    void what_comes_before_in_a_batch_counts() {
        List<AppendResult> results =
                append(
                        adds("a", "ada"),
                        renames("b", "ada", 1, "x"),
                        renames("c", "ada", 1, "y"),
                        renames("d", "ada", 2, "z"));
        assertThat(results)
                .extracting(AppendResult::getResultCase)
                .containsExactly(
                        ResultCase.RECORDED,
                        ResultCase.RECORDED,
                        ResultCase.VERSION_CONFLICT,
                        ResultCase.RECORDED);
        assertThat(positions()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_commit_waits_for_its_predecessor() {
        List<AppendResult> results =
                append(
                        renames("b", "ada", 1, "x").setPredecessor(command("a")),
                        adds("a", "ada"),
                        renames("b", "ada", 1, "x").setPredecessor(command("a")));
        assertThat(results)
                .extracting(AppendResult::getResultCase)
                .containsExactly(
                        ResultCase.PREDECESSOR_MISSING, ResultCase.RECORDED, ResultCase.RECORDED);
        assertThat(append(renames("c", "ada", 2, "y").setPredecessor(command("b"))))
                .allMatch(result -> result.hasRecorded());
    }

    @Test
    void a_missing_predecessor_is_said_before_a_conflict() {
        assertThat(append(renames("b", "ada", 9, "x").setPredecessor(command("a"))))
                .allMatch(result -> result.hasPredecessorMissing());
    }

    @Test
    void a_refused_predecessor_is_one() {
        assertThat(append(refused("a", "ada", 0), adds("b", "ada").setPredecessor(command("a"))))
                .allMatch(result -> result.hasRecorded());
    }

    @Test
    void an_item_that_cannot_be_stored_hurts_no_other() {
        ByteString large = ByteString.copyFrom(new byte[300 << 10]);
        List<AppendResult> results =
                append(
                        adds("a", "ada"),
                        adds("b", "bob").setStream(""),
                        adds("c", "cleo").setStream("contact/\0"),
                        adds("d", "dora").setStream("contact/"),
                        adds("e", "eve")
                                .setCommand(CommandIdentity.newBuilder().setCommandId("no uuid")),
                        adds("f", "fay").setCommand(command("f").toBuilder().setPrincipal("a\0b")),
                        adds("g", "gus").setOutcome(Outcome.getDefaultInstance()),
                        adds("h", "hal")
                                .setOutcome(
                                        Outcome.newBuilder()
                                                .setKind(OutcomeKind.OUTCOME_KIND_REJECTED)),
                        adds("i", "ida")
                                .addEvents(RecordedEvent.newBuilder().setType("x").setData(large)),
                        adds("j", "jan").addEvents(RecordedEvent.getDefaultInstance()),
                        adds("k", "kim").setPredecessor(CommandIdentity.getDefaultInstance()),
                        adds("l", "lea").setFingerprint(large),
                        adds("z", "zoe"));
        assertThat(results.getFirst().hasRecorded()).isTrue();
        assertThat(results.getLast().hasRecorded()).isTrue();
        assertThat(results.subList(1, results.size() - 1))
                .allMatch(result -> !result.getInvalid().getReason().isEmpty());
        assertThat(positions()).containsExactly(1L, 2L);
    }

    @Test
    void a_stream_gives_its_commits_with_events_in_order_from_any_version_on() {
        append(adds("a", "ada"), adds("b", "bob"), refused("c", "ada", 1));
        append(renames("d", "ada", 1, "x"), renames("e", "ada", 2, "y"));

        assertThat(engine.log().readStream(stream("ada"), 0, PLENTY))
                .extracting(Commit::getVersion)
                .containsExactly(1L, 2L, 3L);
        assertThat(engine.log().readStream(stream("ada"), 1, PLENTY))
                .extracting(Commit::getCommand)
                .containsExactly(command("d"), command("e"));
        assertThat(engine.log().readStream(stream("ada"), 3, PLENTY)).isEmpty();
        assertThat(engine.log().readStream(stream("ada").substring(0, 20), 0, PLENTY)).isEmpty();
    }

    @Test
    void a_stream_gives_its_commits_with_events_from_any_version_back() {
        append(adds("a", "ada"), adds("b", "bob"), refused("c", "ada", 1));
        append(
                applied("d", "ada", 1, added("ada", "x"), added("ada", "y"), added("ada", "z")),
                renames("e", "ada", 4, "y"));

        assertThat(back(Long.MAX_VALUE)).containsExactly(5L, 4L, 1L);
        assertThat(back(5)).containsExactly(5L, 4L, 1L);
        assertThat(back(4)).containsExactly(4L, 1L);
        assertThat(back(2)).containsExactly(4L, 1L);
        assertThat(back(1)).containsExactly(1L);
        assertThat(back(0)).isEmpty();
        assertThat(engine.log().readStreamBack(stream("nobody"), Long.MAX_VALUE, PLENTY)).isEmpty();
        assertThat(engine.log().readStreamBack(stream("ada"), 5, new PageLimit(2, 64 << 20)))
                .hasSize(2);
        assertThat(engine.log().readStreamBack(stream("ada"), 5, new PageLimit(10, 1))).hasSize(1);
    }

    private List<Long> back(long upToVersion) {
        return engine.log().readStreamBack(stream("ada"), upToVersion, PLENTY).stream()
                .map(Commit::getVersion)
                .toList();
    }

    @Test
    void a_page_keeps_to_its_limit_and_holds_one_commit_at_least() {
        append(adds("a", "ada"), renames("b", "ada", 1, "x"), renames("c", "ada", 2, "y"));
        PageLimit two = new PageLimit(2, 64 << 20);
        PageLimit oneByte = new PageLimit(10, 1);
        assertThat(engine.log().read(0, two)).hasSize(2);
        assertThat(engine.log().read(1, oneByte)).hasSize(1);
        assertThat(engine.log().readStream(stream("ada"), 0, two)).hasSize(2);
        assertThat(engine.log().readStream(stream("ada"), 2, oneByte)).hasSize(1);
        assertThat(engine.log().read(3, two)).isEmpty();
        assertThat(engine.log().read(99, two)).isEmpty();
    }

    @Test
    void positions_are_gap_free_for_whoever_reads_while_others_append() throws Exception {
        Thread appender =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int i = 0; i < 200; i++) {
                                        append(
                                                adds("a" + i, "ada" + i),
                                                refused("b" + i, "ada" + i, 5),
                                                adds("c" + i, "cleo" + i));
                                    }
                                });
        List<Long> seen = new ArrayList<>();
        long last = 0;
        while (last < 400) {
            long end = engine.log().end();
            List<Commit> page = engine.log().read(last, new PageLimit(7, 64 << 20));
            assertThat(page.isEmpty() && end > last).isFalse();
            for (Commit commit : page) {
                seen.add(commit.getPosition());
                last = commit.getPosition();
            }
        }
        appender.join();
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
    }

    @Test
    void all_is_there_after_closing_and_opening_again() {
        append(adds("a", "ada"), refused("b", "ada", 1), renames("c", "ada", 1, "x"));
        List<Commit> before = engine.log().read(0, PLENTY);
        StoreInfo info = engine.info();

        reopen();

        assertThat(engine.info()).isEqualTo(info);
        assertThat(engine.log().end()).isEqualTo(3);
        assertThat(engine.log().read(0, PLENTY)).isEqualTo(before);
        assertThat(engine.log().find(command("b"))).isPresent();
        assertThat(engine.log().readStream(stream("ada"), 0, PLENTY)).hasSize(2);
        assertThat(
                        append(
                                renames("d", "ada", 1, "y"),
                                adds("a", "ada"),
                                renames("e", "ada", 2, "z")))
                .extracting(AppendResult::getResultCase)
                .containsExactly(
                        ResultCase.VERSION_CONFLICT, ResultCase.RECORDED, ResultCase.RECORDED);
        assertThat(positions()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void a_store_knows_its_id_its_incarnation_and_its_partitions() {
        assertThat(engine.info().getStoreId()).isNotEmpty();
        assertThat(engine.info().getIncarnation()).isNotEmpty();
        assertThat(engine.info().getPartitions()).isEqualTo(1);
    }
}
