package io.waybill.database.append;

import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.command;
import static io.waybill.database.engine.Proposals.renames;
import static io.waybill.database.engine.Proposals.stream;
import static io.waybill.database.engine.Proposals.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.collect.Lists;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.TestDatabase;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.DueTimersRequest;
import io.waybill.proto.eventstore.v1.DueTimersResponse;
import io.waybill.proto.eventstore.v1.FindCommandsRequest;
import io.waybill.proto.eventstore.v1.ReadStreamRequest;
import io.waybill.proto.eventstore.v1.ReadStreamResponse;
import io.waybill.proto.eventstore.v1.SaveSnapshotRequest;
import io.waybill.proto.eventstore.v1.Snapshot;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Failures;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

class EventStoreServiceTest {

    private TestDatabase database;

    @BeforeEach
    void start(@TempDir Path folder) {
        database = TestDatabase.on(new MemoryEngine("store", "incarnation"), folder);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private static DueTimersRequest due(long millis, int limit) {
        return DueTimersRequest.newBuilder()
                .setUntil(Timestamps.fromMillis(millis))
                .setLimit(limit)
                .build();
    }

    private static void assertBadInput(String field, ThrowingCallable call) {
        WaybillException failure = Failures.fromStatus(catchThrowable(call), "the database");
        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
        assertThat(failure.field()).contains(field);
    }

    @Test
    void due_timers_come_with_when_the_next_is_due() {
        database.append(adds("a", "ada").addTimersSet(timer("x", 10)).addTimersSet(timer("y", 20)));
        DueTimersResponse first = database.eventStore().dueTimers(due(15, 10));
        assertThat(first.getTimersList())
                .extracting(due -> due.getTimer().getName())
                .containsExactly("x");
        assertThat(first.getNextDue()).isEqualTo(Timestamps.fromMillis(20));
        DueTimersResponse all = database.eventStore().dueTimers(due(20, 2));
        assertThat(all.getTimersCount()).isEqualTo(2);
        assertThat(all.hasNextDue()).isFalse();
        assertThat(
                        database.eventStore()
                                .dueTimers(
                                        due(20, 2).toBuilder().setAfter(all.getTimers(0)).build())
                                .getTimersList())
                .containsExactly(all.getTimers(1));
    }

    @Test
    void due_timers_are_asked_for_with_a_time_and_a_limit() {
        var store = database.eventStore();
        assertBadInput("limit", () -> store.dueTimers(due(1, 0)));
        assertBadInput("limit", () -> store.dueTimers(due(1, 1_001)));
        assertBadInput("until", () -> store.dueTimers(due(1, 1).toBuilder().clearUntil().build()));
        assertBadInput(
                "until",
                () ->
                        store.dueTimers(
                                due(1, 1).toBuilder()
                                        .setUntil(Timestamp.newBuilder().setNanos(-1))
                                        .build()));
        assertBadInput(
                "after",
                () ->
                        store.dueTimers(
                                due(1, 1).toBuilder()
                                        .setAfter(
                                                DueTimer.newBuilder()
                                                        .setTimer(
                                                                timer("x", 1).toBuilder()
                                                                        .setDue(
                                                                                Timestamp
                                                                                        .newBuilder()
                                                                                        .setNanos(
                                                                                                -1))))
                                        .build()));
        assertBadInput(
                "partition", () -> store.dueTimers(due(1, 1).toBuilder().setPartition(1).build()));
    }

    @Test
    void commands_are_found_with_their_events_and_what_was_undone_as_undone() {
        database.append(adds("a", "ada"), applied("undo", "ada", 1).setForecloses(command("late")));
        List<Commit> found =
                database.eventStore()
                        .findCommands(
                                FindCommandsRequest.newBuilder()
                                        .addCommands(command("a"))
                                        .addCommands(command("late"))
                                        .addCommands(command("nobody's"))
                                        .build())
                        .getCommitsList();
        assertThat(found)
                .extracting(Commit::getCommand)
                .containsExactly(command("a"), command("late"));
        assertThat(found.getFirst().getEventsList())
                .isEqualTo(adds("a", "ada").build().getEventsList());
        assertThat(found.getLast().getOutcome().getCode()).isEqualTo("UNDONE");

        AppendResult late = database.append(renames("late", "ada", 1, "x")).getResults(0);
        assertThat(late.getRecorded().getDuplicate()).isTrue();
        assertThat(late.getRecorded().getCommit()).isEqualTo(found.getLast());
    }

    private List<ReadStreamResponse> read(String schema, long afterVersion) {
        return Lists.newArrayList(
                database.eventStore()
                        .readStream(
                                ReadStreamRequest.newBuilder()
                                        .setStream(stream("ada"))
                                        .setAfterVersion(afterVersion)
                                        .setSnapshotSchema(schema)
                                        .build()));
    }

    private static List<Long> versions(List<ReadStreamResponse> read) {
        return read.stream()
                .flatMap(response -> response.getCommitsList().stream())
                .map(Commit::getVersion)
                .toList();
    }

    @Test
    void a_stream_is_read_from_its_snapshot_on_by_who_asks_for_it() {
        database.append(adds("a", "ada"), renames("b", "ada", 1, "x"), renames("c", "ada", 2, "y"));
        Snapshot snapshot =
                Snapshot.newBuilder()
                        .setStream(stream("ada"))
                        .setVersion(2)
                        .setSchema("contact.1")
                        .setState(ByteString.copyFromUtf8("x"))
                        .build();
        var saved =
                database.eventStore()
                        .saveSnapshot(
                                SaveSnapshotRequest.newBuilder().setSnapshot(snapshot).build());
        assertThat(saved).isNotNull();

        List<ReadStreamResponse> from = read("contact.1", 0);
        assertThat(from.getFirst().getSnapshot()).isEqualTo(snapshot);
        assertThat(from.getFirst().getCommitsList()).isEmpty();
        assertThat(versions(from)).containsExactly(3L);
        assertThat(read("contact.1", 1).getFirst().getSnapshot()).isEqualTo(snapshot);

        // Who cannot read it, or has as much already, gets the commits.
        for (List<ReadStreamResponse> whole : List.of(read("", 0), read("contact.2", 0))) {
            assertThat(whole).noneMatch(ReadStreamResponse::hasSnapshot);
            assertThat(versions(whole)).containsExactly(1L, 2L, 3L);
        }
        assertThat(read("contact.1", 2)).noneMatch(ReadStreamResponse::hasSnapshot);
        assertThat(versions(read("contact.1", 2))).containsExactly(3L);
    }

    @Test
    void a_snapshot_beyond_its_stream_is_refused() {
        database.append(adds("a", "ada"));
        assertBadInput(
                "snapshot.version",
                () ->
                        database.eventStore()
                                .saveSnapshot(
                                        SaveSnapshotRequest.newBuilder()
                                                .setSnapshot(
                                                        Snapshot.newBuilder()
                                                                .setStream(stream("ada"))
                                                                .setVersion(2)
                                                                .setSchema("contact.1"))
                                                .build()));
    }
}
