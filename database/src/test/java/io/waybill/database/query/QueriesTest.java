package io.waybill.database.query;

import static io.waybill.database.engine.Proposals.added;
import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.command;
import static io.waybill.database.engine.Proposals.id;
import static io.waybill.database.engine.Proposals.refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.grpc.Status;
import io.waybill.database.TestDatabase;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.query.v1.CommandQueriesGrpc;
import io.waybill.proto.query.v1.Freshness;
import io.waybill.proto.query.v1.GetCommandRequest;
import io.waybill.proto.query.v1.GetCommandResponse;
import io.waybill.proto.query.v1.GetViewsRequest;
import io.waybill.proto.query.v1.ListViewsRequest;
import io.waybill.proto.query.v1.ListViewsResponse;
import io.waybill.proto.query.v1.ViewQueriesGrpc;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Failures;
import io.waybill.wire.identity.Role;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class QueriesTest {

    private TestDatabase database;

    @BeforeEach
    void start(@TempDir Path folder) {
        database = TestDatabase.on(new MemoryEngine("store", "incarnation"), folder);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private static Freshness after(String command, int millis) {
        return Freshness.newBuilder()
                .setAfterCommand(command(command))
                .setMaxWaitMillis(millis)
                .build();
    }

    private static ListViewsRequest list(Freshness freshness) {
        return contacts(100).setFreshness(freshness).build();
    }

    private static ListViewsRequest.Builder contacts(int limit) {
        return ListViewsRequest.newBuilder().setView("contact").setIndex("created").setLimit(limit);
    }

    private static List<String> ids(ListViewsResponse page) {
        return page.getRowsList().stream().map(row -> contact(row.getView()).getId()).toList();
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

    private void assertBadInput(String field, ThrowingCallable call) {
        WaybillException failure = failure(call);
        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
        assertThat(failure.field()).contains(field);
    }

    @Test
    void contacts_are_paged_oldest_first_and_newest_first() {
        database.append(
                IntStream.range(0, 25)
                        .mapToObj(i -> adds("c" + i, "contact " + i))
                        .toArray(ProposedCommit.Builder[]::new));
        List<String> all = IntStream.range(0, 25).mapToObj(i -> id("contact " + i)).toList();
        for (boolean backwards : new boolean[] {false, true}) {
            List<String> read = new ArrayList<>();
            ListViewsResponse page = ListViewsResponse.newBuilder().setMore(true).build();
            List<Integer> sizes = new ArrayList<>();
            ByteString beyond = ByteString.EMPTY;
            while (page.getMore()) {
                page =
                        database.views()
                                .listViews(
                                        contacts(10)
                                                .setBackwards(backwards)
                                                .setBeyond(beyond)
                                                .setFreshness(TestDatabase.LOG_END)
                                                .build());
                assertThat(page.getBehind()).isEqualTo(!read.isEmpty());
                read.addAll(ids(page));
                sizes.add(page.getRowsCount());
                beyond = page.getRows(page.getRowsCount() - 1).getKey();
            }
            assertThat(sizes).containsExactly(10, 10, 5);
            assertThat(read).isEqualTo(backwards ? all.reversed() : all);
        }
    }

    @Test
    void a_page_that_ends_with_the_list_says_so_and_so_does_one_beyond_the_end() {
        database.append(adds("a", "ada"), adds("b", "bob"));
        ListViewsResponse exactly =
                database.views().listViews(contacts(2).setFreshness(TestDatabase.LOG_END).build());
        assertThat(exactly.getMore()).isFalse();
        ListViewsResponse beyond =
                database.views()
                        .listViews(contacts(2).setBeyond(exactly.getRows(1).getKey()).build());
        assertThat(beyond.getRowsList()).isEmpty();
        assertThat(beyond.getMore()).isFalse();
        assertThat(beyond.getBehind()).isTrue();
    }

    @Test
    void a_page_of_large_rows_is_shorter_than_asked_and_says_that_there_are_more() {
        String name = "n".repeat(60_000);
        for (int i = 0; i < 60; i++) {
            database.append(applied("c" + i, "contact " + i, 0, added("contact " + i, name)));
        }
        ListViewsResponse page =
                database.views()
                        .listViews(contacts(1_000).setFreshness(TestDatabase.LOG_END).build());
        assertThat(page.getRowsCount()).isBetween(50, 59);
        assertThat(page.getMore()).isTrue();
        ListViewsResponse rest =
                database.views()
                        .listViews(
                                contacts(1_000)
                                        .setBeyond(page.getRows(page.getRowsCount() - 1).getKey())
                                        .build());
        assertThat(page.getRowsCount() + rest.getRowsCount()).isEqualTo(60);
        assertThat(rest.getMore()).isFalse();
    }

    @Test
    void contacts_are_got_in_the_order_asked_without_those_that_are_not_there() {
        database.append(adds("a", "ada"), adds("b", "bob"));
        assertThat(
                        database.views()
                                .getViews(
                                        GetViewsRequest.newBuilder()
                                                .setView("contact")
                                                .addIds(id("bob"))
                                                .addIds("no id at all")
                                                .addIds(id("ada"))
                                                .setFreshness(TestDatabase.LOG_END)
                                                .build())
                                .getViewsList())
                .extracting(view -> contact(view).getId())
                .containsExactly(id("bob"), id("ada"));
    }

    @Test
    void more_than_can_be_given_at_once_is_refused() {
        String name = "n".repeat(60_000);
        database.append(applied("a", "ada", 0, added("ada", name)));
        assertBadInput(
                "ids",
                () ->
                        database.views()
                                .getViews(
                                        GetViewsRequest.newBuilder()
                                                .setView("contact")
                                                .addAllIds(Collections.nCopies(300, id("ada")))
                                                .setFreshness(TestDatabase.LOG_END)
                                                .build()));
    }

    @Test
    void a_query_after_a_command_waits_for_its_outcome_and_sees_it() throws Exception {
        var reader = ViewQueriesGrpc.newFutureStub(database.inProcess(Role.READER));
        ListenableFuture<ListViewsResponse> query = reader.listViews(list(after("a", 10_000)));
        database.append(adds("x", "xena"));
        assertThat(query.isDone()).isFalse();
        database.append(adds("a", "ada"));
        assertThat(ids(query.get(5, TimeUnit.SECONDS))).containsExactly(id("xena"), id("ada"));
    }

    @Test
    void a_query_may_wait_for_the_longest_delay_and_five_seconds_more() throws Exception {
        int longest = 3_605_000;
        var reader = ViewQueriesGrpc.newFutureStub(database.inProcess(Role.READER));
        ListenableFuture<ListViewsResponse> query = reader.listViews(list(after("a", longest)));
        database.append(adds("a", "ada"));

        assertThat(query.get(5, TimeUnit.SECONDS).getRowsList()).hasSize(1);
    }

    @Test
    void a_refusal_is_an_outcome_too() {
        database.append(refused("a", "ada", 0));
        assertThat(database.views().listViews(list(after("a", 5_000))).getRowsList()).isEmpty();
    }

    @Test
    void a_command_that_nobody_knows_has_an_error_of_its_own_after_the_stated_wait() {
        WaybillException failure = failure(() -> database.views().listViews(list(after("x", 50))));
        assertThat(failure.code()).isEqualTo(ErrorCode.AFTER_COMMAND_TIMEOUT);
        assertThat(failure.sentence()).contains(id("x"));
        assertThat(failure(() -> database.views().listViews(list(after("x", 0)))).code())
                .isEqualTo(ErrorCode.AFTER_COMMAND_TIMEOUT);
    }

    @Test
    void another_principals_command_is_not_known() {
        database.append(adds("a", "ada"));
        CommandIdentity eves = command("a").toBuilder().setPrincipal("eve").build();
        Freshness freshness =
                Freshness.newBuilder().setAfterCommand(eves).setMaxWaitMillis(20).build();
        assertThat(failure(() -> database.views().listViews(list(freshness))).code())
                .isEqualTo(ErrorCode.AFTER_COMMAND_TIMEOUT);
        assertThat(
                        database.commands()
                                .getCommand(
                                        GetCommandRequest.newBuilder()
                                                .setCommand(eves)
                                                .setFreshness(TestDatabase.LOG_END)
                                                .build())
                                .hasCommand())
                .isFalse();
    }

    @Test
    void a_position_that_is_not_reached_in_time_is_a_timeout() {
        Freshness freshness = Freshness.newBuilder().setPosition(7).setMaxWaitMillis(30).build();
        assertThat(failure(() -> database.views().listViews(list(freshness))).code())
                .isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void what_is_read_at_the_logs_end_is_never_older() {
        for (int i = 0; i < 200; i++) {
            database.append(adds("c" + i, "contact " + i));
            assertThat(
                            database.views()
                                    .getViews(
                                            GetViewsRequest.newBuilder()
                                                    .setView("contact")
                                                    .addIds(id("contact " + i))
                                                    .setFreshness(TestDatabase.LOG_END)
                                                    .build())
                                    .getViewsCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void an_outcome_is_waited_for() throws Exception {
        var reader = CommandQueriesGrpc.newFutureStub(database.inProcess(Role.READER));
        GetCommandRequest request =
                GetCommandRequest.newBuilder()
                        .setCommand(command("a"))
                        .setMaxWaitMillis(10_000)
                        .build();
        ListenableFuture<GetCommandResponse> waiting = reader.getCommand(request);
        database.append(adds("x", "xena"));
        assertThat(waiting.isDone()).isFalse();
        database.append(adds("a", "ada"));
        assertThat(waiting.get(5, TimeUnit.SECONDS).getCommand().getAggregateId())
                .isEqualTo(id("ada"));
        assertThat(database.commands().getCommand(request).hasCommand()).isTrue();
    }

    @Test
    void an_outcome_that_does_not_come_is_absent_after_the_wait() {
        GetCommandRequest.Builder request = GetCommandRequest.newBuilder().setCommand(command("x"));
        assertThat(database.commands().getCommand(request.build()).hasCommand()).isFalse();
        assertThat(
                        database.commands()
                                .getCommand(request.setMaxWaitMillis(50).build())
                                .hasCommand())
                .isFalse();
    }

    @Test
    void thousands_wait_without_a_thread_each() {
        var reader = CommandQueriesGrpc.newFutureStub(database.inProcess(Role.READER));
        int threads = Thread.activeCount();
        List<ListenableFuture<GetCommandResponse>> waiting = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            waiting.add(
                    reader.getCommand(
                            GetCommandRequest.newBuilder()
                                    .setCommand(command("c" + i))
                                    .setMaxWaitMillis(60_000)
                                    .build()));
        }
        assertThat(Thread.activeCount()).isLessThan(threads + 20);
        for (int from = 0; from < 3_000; from += 1_000) {
            int first = from;
            database.append(
                    IntStream.range(first, first + 1_000)
                            .mapToObj(i -> adds("c" + i, "contact " + i))
                            .toArray(ProposedCommit.Builder[]::new));
        }
        await().until(() -> waiting.stream().allMatch(ListenableFuture::isDone));
        assertThat(waiting).allSatisfy(answer -> assertThat(answer.get().hasCommand()).isTrue());
    }

    @Test
    void a_caller_that_leaves_makes_room_for_others() {
        var reader = CommandQueriesGrpc.newFutureStub(database.inProcess(Role.READER));
        GetCommandRequest request =
                GetCommandRequest.newBuilder()
                        .setCommand(command("never"))
                        .setMaxWaitMillis(60_000)
                        .build();
        List<ListenableFuture<GetCommandResponse>> waiting = new ArrayList<>();
        while (waiting.isEmpty() || !waiting.getLast().isDone()) {
            waiting.add(reader.getCommand(request));
            assertThat(waiting).hasSizeLessThan(20_000);
        }
        assertThat(Status.fromThrowable(waiting.getLast().exceptionNow()).getCode())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        waiting.forEach(call -> call.cancel(true));
        await().until(
                        () -> {
                            ListenableFuture<GetCommandResponse> again = reader.getCommand(request);
                            boolean taken = !again.isDone();
                            again.cancel(true);
                            return taken;
                        });
    }

    @Test
    void a_database_that_stops_lets_nobody_wait() throws Exception {
        var reader = CommandQueriesGrpc.newFutureStub(database.inProcess(Role.READER));
        ListenableFuture<GetCommandResponse> waiting =
                reader.getCommand(
                        GetCommandRequest.newBuilder()
                                .setCommand(command("never"))
                                .setMaxWaitMillis(60_000)
                                .build());
        database.role().close();
        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
                .hasMessageContaining("the database is stopping");
    }

    @Test
    void arguments_out_of_range_are_refused_naming_the_field() {
        var views = database.views();
        for (int limit : new int[] {0, 1_001, -1}) {
            assertBadInput("limit", () -> views.listViews(contacts(limit).build()));
        }
        assertBadInput("view", () -> views.listViews(contacts(1).setView("x").build()));
        assertBadInput("index", () -> views.listViews(contacts(1).setIndex("x").build()));
        assertBadInput(
                "ids",
                () -> views.getViews(GetViewsRequest.newBuilder().setView("contact").build()));
        assertBadInput(
                "ids",
                () ->
                        views.getViews(
                                GetViewsRequest.newBuilder()
                                        .setView("contact")
                                        .addAllIds(Collections.nCopies(1_001, "x"))
                                        .build()));
        assertBadInput(
                "freshness.max_wait_millis",
                () -> views.listViews(list(after("a", Integer.MAX_VALUE))));
        assertBadInput(
                "freshness.after_command.command_id",
                () ->
                        views.listViews(
                                list(
                                        Freshness.newBuilder()
                                                .setAfterCommand(
                                                        CommandIdentity.newBuilder()
                                                                .setPrincipal("a")
                                                                .setCommandId("x"))
                                                .build())));
        assertBadInput(
                "freshness.position",
                () -> views.listViews(list(Freshness.newBuilder().setPosition(-1).build())));
        assertBadInput(
                "command.principal",
                () -> database.commands().getCommand(GetCommandRequest.getDefaultInstance()));
        assertBadInput(
                "max_wait_millis",
                () ->
                        database.commands()
                                .getCommand(
                                        GetCommandRequest.newBuilder()
                                                .setCommand(command("a"))
                                                .setMaxWaitMillis(-1)
                                                .build()));
    }

    @Test
    void a_query_that_waits_for_a_stopped_projection_fails_at_once() {
        database.append(
                applied("a", "ada", 0)
                        .addEvents(
                                RecordedEvent.newBuilder()
                                        .setType("waybill.contact.v1.Unknown")
                                        .setData(ByteString.EMPTY)));
        assertThat(failure(() -> database.views().listViews(list(after("a", 60_000)))).code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }
}
