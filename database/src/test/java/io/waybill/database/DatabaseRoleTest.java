package io.waybill.database;

import static io.waybill.database.TestDatabase.LOG_END;
import static io.waybill.database.engine.Proposals.added;
import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.command;
import static io.waybill.database.engine.Proposals.id;
import static io.waybill.database.engine.Proposals.refused;
import static io.waybill.database.engine.Proposals.renames;
import static io.waybill.database.engine.Proposals.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.Lists;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.eventstore.v1.AppendResponse;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.EventStoreGrpc;
import io.waybill.proto.eventstore.v1.FindCommandsRequest;
import io.waybill.proto.eventstore.v1.FindCommandsResponse;
import io.waybill.proto.eventstore.v1.GetStoreRequest;
import io.waybill.proto.eventstore.v1.ReadStreamRequest;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.query.v1.Freshness;
import io.waybill.proto.query.v1.GetCommandRequest;
import io.waybill.proto.query.v1.GetViewsRequest;
import io.waybill.proto.query.v1.ListViewsRequest;
import io.waybill.proto.query.v1.ViewQueriesGrpc;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Failures;
import io.waybill.wire.identity.Role;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

class DatabaseRoleTest {

    @TempDir Path folder;

    private static List<ContactView> list(TestDatabase database) {
        return list(database, LOG_END);
    }

    private static List<ContactView> list(TestDatabase database, Freshness freshness) {
        return database
                .views()
                .listViews(
                        ListViewsRequest.newBuilder()
                                .setView("contact")
                                .setIndex("created")
                                .setLimit(100)
                                .setFreshness(freshness)
                                .build())
                .getRowsList()
                .stream()
                .map(row -> contact(row.getView()))
                .toList();
    }

    private static ContactView contact(ByteString view) {
        try {
            return ContactView.parseFrom(view);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static WaybillException failure(ThrowingCallable call) {
        Throwable[] thrown = new Throwable[1];
        assertThatThrownBy(call).satisfies(failure -> thrown[0] = failure);
        return Failures.fromStatus(thrown[0], "the database");
    }

    @Test
    void what_is_appended_is_read_in_process_and_over_tcp() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            var writer = EventStoreGrpc.newBlockingStub(database.tcp(Role.WRITER));
            writer.append(TestDatabase.request(adds("a", "ada"), renames("b", "ada", 1, "Ada")));

            ContactView ada = list(database).getFirst();
            assertThat(ada.getName()).isEqualTo("Ada");
            assertThat(ada.getVersion()).isEqualTo(2);
            var reader = ViewQueriesGrpc.newBlockingStub(database.tcp(Role.READER));
            assertThat(
                            reader.getViews(
                                            GetViewsRequest.newBuilder()
                                                    .setView("contact")
                                                    .addIds(id("nobody"))
                                                    .addIds(id("ada"))
                                                    .build())
                                    .getViewsList())
                    .containsExactly(ada.toByteString());
        }
    }

    @Test
    void a_database_that_is_stopped_and_started_again_has_everything() {
        StoreInfo info;
        try (TestDatabase database = TestDatabase.in(folder)) {
            database.append(adds("a", "ada"), refused("b", "bob", 0));
            info = database.eventStore().getStore(GetStoreRequest.getDefaultInstance()).getStore();
        }
        try (TestDatabase database = TestDatabase.in(folder)) {
            assertThat(
                            database.store()
                                    .getStore(
                                            io.waybill.proto.query.v1.GetStoreRequest
                                                    .getDefaultInstance())
                                    .getStore())
                    .isEqualTo(info);
            assertThat(list(database)).extracting(ContactView::getId).containsExactly(id("ada"));
            assertThat(
                            database.commands()
                                    .getCommand(
                                            GetCommandRequest.newBuilder()
                                                    .setCommand(command("b"))
                                                    .setFreshness(LOG_END)
                                                    .build())
                                    .getCommand()
                                    .getOutcome()
                                    .getCode())
                    .isEqualTo("NOT_FOUND");
            assertThat(database.append(adds("c", "cleo")).getResults(0).getRecorded().getCommit())
                    .extracting(Commit::getPosition)
                    .isEqualTo(3L);
        }
    }

    @Test
    void a_long_stream_is_read_in_pages() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            database.append(adds("a", "ada"));
            for (int from = 1; from < 1_000; from += 333) {
                int first = from;
                database.append(
                        IntStream.range(first, first + 333)
                                .mapToObj(v -> renames("r" + v, "ada", v, "n".repeat(200)))
                                .toArray(
                                        io.waybill.proto.eventstore.v1.ProposedCommit.Builder[]
                                                ::new));
            }
            List<Commit> commits =
                    Lists.newArrayList(
                                    database.eventStore()
                                            .readStream(
                                                    ReadStreamRequest.newBuilder()
                                                            .setStream(stream("ada"))
                                                            .setAfterVersion(10)
                                                            .build()))
                            .stream()
                            .flatMap(page -> page.getCommitsList().stream())
                            .toList();
            assertThat(commits)
                    .extracting(Commit::getVersion)
                    .isEqualTo(IntStream.rangeClosed(11, 1_000).mapToObj(v -> (long) v).toList());
        }
    }

    @Test
    void commands_are_found_whole_and_what_is_not_recorded_is_left_out() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            database.append(adds("a", "ada"));
            List<Commit> found =
                    database.eventStore()
                            .findCommands(
                                    FindCommandsRequest.newBuilder()
                                            .addCommands(command("x"))
                                            .addCommands(command("a"))
                                            .build())
                            .getCommitsList();
            assertThat(found).extracting(Commit::getEventsCount).containsExactly(1);
        }
    }

    @Test
    void of_more_commands_than_an_answer_holds_the_rest_is_asked_for_again() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            FindCommandsRequest.Builder asked = FindCommandsRequest.newBuilder();
            for (int i = 0; i < 30; i++) {
                database.append(applied("c" + i, "n" + i, 0, added("n" + i, "n".repeat(100_000))));
                asked.addCommands(command("c" + i));
            }
            List<Long> positions = new ArrayList<>();
            int answers = 0;
            for (; asked.getCommandsCount() > 0; answers++) {
                FindCommandsResponse found = database.eventStore().findCommands(asked.build());
                assertThat(found.getSerializedSize()).isLessThan(1_300_000);
                found.getCommitsList().forEach(commit -> positions.add(commit.getPosition()));
                List<CommandIdentity> rest =
                        asked.getCommandsList()
                                .subList(found.getAnswered(), asked.getCommandsCount());
                asked = FindCommandsRequest.newBuilder().addAllCommands(rest);
            }
            assertThat(answers).isEqualTo(3);
            assertThat(positions).isEqualTo(LongStream.rangeClosed(1, 30).boxed().toList());
        }
    }

    @Test
    void what_was_decided_on_another_incarnation_is_not_written() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            StoreInfo info =
                    database.eventStore().getStore(GetStoreRequest.getDefaultInstance()).getStore();
            AppendResponse refused =
                    database.eventStore()
                            .append(
                                    TestDatabase.request(adds("a", "ada")).toBuilder()
                                            .setIncarnation("an earlier one")
                                            .build());
            assertThat(refused.getOtherIncarnation()).isEqualTo(info.getIncarnation());
            assertThat(refused.getResultsList()).isEmpty();

            AppendResponse written =
                    database.eventStore()
                            .append(
                                    TestDatabase.request(adds("a", "ada")).toBuilder()
                                            .setIncarnation(info.getIncarnation())
                                            .build());
            assertThat(written.getOtherIncarnation()).isEmpty();
            assertThat(written.getResults(0).getRecorded().getDuplicate()).isFalse();
            assertThat(written.getResults(0).getRecorded().getCommit().getPosition()).isEqualTo(1);
        }
    }

    @Test
    void bad_requests_are_refused_naming_the_field() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            var store = database.eventStore();
            assertBadInput("commits", () -> store.append(TestDatabase.request()));
            assertBadInput(
                    "partition",
                    () ->
                            store.append(
                                    TestDatabase.request(adds("a", "ada")).toBuilder()
                                            .setPartition(1)
                                            .build()));
            assertBadInput(
                    "stream",
                    () -> store.readStream(ReadStreamRequest.getDefaultInstance()).hasNext());
            assertBadInput(
                    "commands", () -> store.findCommands(FindCommandsRequest.getDefaultInstance()));
        }
    }

    private static void assertBadInput(String field, ThrowingCallable call) {
        WaybillException failure = failure(call);
        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
        assertThat(failure.field()).contains(field);
        assertThat(failure.sentence()).startsWith(field);
    }

    @Test
    void health_says_how_far_everything_is() {
        DatabaseRole role;
        try (TestDatabase database = TestDatabase.in(folder)) {
            role = database.role();
            database.append(adds("a", "ada"));
            await().untilAsserted(
                            () ->
                                    assertThat(role.health().detail())
                                            .startsWith("the log is at position 1; projection ")
                                            .contains("; projection contact is at 1;")
                                            .contains("; projection order is at 1;")
                                            .doesNotContain(" is at 0"));
            assertThat(role.health().up()).isTrue();
        }
        assertThat(role.health().up()).isFalse();
    }

    @Test
    void an_unknown_event_stops_its_projection_alone_and_health_says_so() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            database.append(
                    adds("a", "ada"),
                    applied("b", "bob", 0)
                            .addEvents(
                                    RecordedEvent.newBuilder()
                                            .setType("waybill.contact.v9.ContactPraised")
                                            .setData(ByteString.EMPTY)),
                    applied("c", "cleo", 0, added("cleo", "Cleo")));
            await().until(() -> !database.role().health().up());

            assertThat(database.role().health().detail())
                    .contains("projection contact stopped")
                    .contains("waybill.contact.v9.ContactPraised at position 2 is not known")
                    .contains("projection command is at 3");
            await().untilAsserted(
                            () ->
                                    assertThat(database.role().health().detail())
                                            .contains("projection order is at 3"));
            assertThat(list(database, Freshness.getDefaultInstance()))
                    .extracting(ContactView::getId)
                    .containsExactly(id("ada"));
            assertThat(failure(() -> list(database)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(
                            database.commands()
                                    .getCommand(
                                            GetCommandRequest.newBuilder()
                                                    .setCommand(command("c"))
                                                    .setFreshness(LOG_END)
                                                    .build())
                                    .hasCommand())
                    .isTrue();
            assertThat(database.append(adds("d", "dora")).getResults(0).hasRecorded()).isTrue();
        }
    }

    @Test
    void a_folder_that_is_in_use_is_named() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            assertThat(database.role().health().up()).isTrue();
            assertThatThrownBy(() -> TestDatabase.in(folder))
                    .hasMessageContaining(folder.resolve("database").toString())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void a_folder_that_cannot_be_used_is_named() throws IOException {
        Files.writeString(folder.resolve("database"), "a file");
        assertThatThrownBy(() -> TestDatabase.in(folder))
                .hasMessageContaining(folder.resolve("database").toString());
    }

    @Test
    void a_taken_port_is_named_and_the_store_is_left_free() throws IOException {
        try (TestDatabase secrets = TestDatabase.in(folder.resolve("other"));
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DatabaseRole role =
                    new DatabaseRole(
                            new DatabaseSettings(
                                    folder.resolve("database"),
                                    new InetSocketAddress(
                                            taken.getInetAddress(), taken.getLocalPort()),
                                    "taken"),
                            secrets.credentials());
            assertThatThrownBy(role::start).hasMessageContaining("" + taken.getLocalPort());
        }
        TestDatabase.in(folder).close();
    }
}
