package io.waybill.database.query;

import static io.waybill.database.engine.Proposals.added;
import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.deletes;
import static io.waybill.database.engine.Proposals.id;
import static io.waybill.database.engine.Proposals.refused;
import static io.waybill.database.engine.Proposals.renames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.TestDatabase;
import io.waybill.database.contact.ContactProjection;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.database.order.OrderEvents;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.order.v1.SagaPhase;
import io.waybill.proto.query.v1.GetHistoryRequest;
import io.waybill.proto.query.v1.GetHistoryResponse;
import io.waybill.proto.query.v1.GetViewAtRequest;
import io.waybill.proto.query.v1.GetViewsRequest;
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
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** What streams say of the past. */
class PastTest {

    private TestDatabase database;

    @BeforeEach
    void start(@TempDir Path folder) {
        database = TestDatabase.on(new MemoryEngine("store", "incarnation"), folder);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private static ProposedCommit.Builder at(long seconds, ProposedCommit.Builder commit) {
        return commit.setDecidedAt(Timestamps.fromSeconds(seconds));
    }

    private static GetViewAtRequest.Builder contact(String name) {
        return GetViewAtRequest.newBuilder().setView("contact").setId(id(name));
    }

    private ByteString at(GetViewAtRequest.Builder request) {
        return database.views().getViewAt(request.build()).getView();
    }

    private String nameAt(GetViewAtRequest.Builder request) {
        ByteString view = at(request);
        try {
            return view.isEmpty() ? "nobody" : ContactView.parseFrom(view).getName();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertBadInput(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(
                        thrown -> {
                            WaybillException failure = Failures.fromStatus(thrown, "the database");
                            assertThat(failure.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
                            assertThat(failure.field()).contains(field);
                        });
    }

    @Test
    void a_contact_is_as_it_was_at_any_version() {
        database.append(adds("a", "ada"), renames("b", "ada", 1, "Bea"), deletes("c", "ada", 2));

        assertThat(nameAt(contact("ada").setVersion(0))).isEqualTo("nobody");
        assertThat(nameAt(contact("ada").setVersion(1))).isEqualTo("ada's name");
        assertThat(nameAt(contact("ada").setVersion(2))).isEqualTo("Bea");
        assertThat(nameAt(contact("ada").setVersion(3))).isEqualTo("nobody");
        assertThat(nameAt(contact("ada").setVersion(4))).isEqualTo("nobody");
        assertThat(nameAt(contact("bob").setVersion(1))).isEqualTo("nobody");
    }

    @Test
    void a_version_may_lie_within_a_commit() {
        database.append(
                applied("a", "ada", 0, added("ada", "one"), named("two"), named("three")),
                applied("b", "ada", 3, named("four")));

        assertThat(nameAt(contact("ada").setVersion(1))).isEqualTo("one");
        assertThat(nameAt(contact("ada").setVersion(2))).isEqualTo("two");
        assertThat(nameAt(contact("ada").setVersion(3))).isEqualTo("three");
        assertThat(nameAt(contact("ada").setVersion(4))).isEqualTo("four");
    }

    private static ContactUpdated named(String name) {
        return ContactUpdated.newBuilder().setName(name).build();
    }

    @Test
    void a_contact_is_as_it_was_at_any_time() {
        database.append(
                at(100, adds("a", "ada")),
                at(200, renames("b", "ada", 1, "Bea")),
                at(300, deletes("c", "ada", 2)));

        assertThat(nameAt(contact("ada").setTime(seconds(99)))).isEqualTo("nobody");
        assertThat(nameAt(contact("ada").setTime(seconds(100)))).isEqualTo("ada's name");
        assertThat(nameAt(contact("ada").setTime(seconds(299)))).isEqualTo("Bea");
        assertThat(nameAt(contact("ada").setTime(seconds(300)))).isEqualTo("nobody");
        assertThat(nameAt(contact("ada").setTime(seconds(9_999)))).isEqualTo("nobody");
    }

    @Test
    void a_time_that_clients_read_in_microseconds_finds_what_happened_then() {
        Timestamp decided = Timestamp.newBuilder().setSeconds(100).setNanos(188_858_274).build();
        Timestamp read = Timestamp.newBuilder().setSeconds(100).setNanos(188_858_000).build();
        Timestamp before = Timestamp.newBuilder().setSeconds(100).setNanos(188_857_999).build();
        database.append(adds("a", "ada").setDecidedAt(decided));

        assertThat(nameAt(contact("ada").setTime(read))).isEqualTo("ada's name");
        assertThat(nameAt(contact("ada").setTime(decided))).isEqualTo("ada's name");
        assertThat(nameAt(contact("ada").setTime(before))).isEqualTo("nobody");
    }

    private static Timestamp seconds(long seconds) {
        return Timestamps.fromSeconds(seconds);
    }

    @Test
    void a_long_stream_is_followed_to_its_end() {
        database.append(adds("a", "ada"));
        for (int from = 1; from < 3_000; from += 500) {
            int first = from;
            database.append(
                    IntStream.range(first, first + 500)
                            .mapToObj(v -> renames("r" + v, "ada", v, "name " + (v + 1)))
                            .toArray(ProposedCommit.Builder[]::new));
        }
        for (long version : new long[] {2, 499, 500, 501, 2_999, 3_001}) {
            assertThat(nameAt(contact("ada").setVersion(version))).isEqualTo("name " + version);
        }
    }

    @Test
    void a_row_that_nobody_waits_for_any_more_is_given_up() {
        MemoryEngine engine = new MemoryEngine("past", "incarnation");
        engine.log().append(List.of(adds("a", "ada").build()));
        PastRow past =
                PastRow.atVersion(new ContactProjection(), engine.log(), "contact/" + id("ada"), 1);
        assertThat(past.row()).isPresent();
        past.abandon();
        assertThatThrownBy(past::row).isInstanceOf(CancellationException.class);
    }

    @Test
    void a_row_of_the_past_equals_the_row_that_was_there_then() throws Exception {
        OrderEvents order = new OrderEvents(id("o"));
        String stream = "order/" + id("o");
        database.append(
                applied("a", "x", 0, order.created("c", "r", seconds(1))).setStream(stream));
        ByteString then = row();
        database.append(
                applied("b", "x", 1, order.refused("AUTHORIZE_CUSTOMER", "X", seconds(2)))
                        .setStream(stream));

        GetViewAtRequest.Builder request =
                GetViewAtRequest.newBuilder().setView("order").setId(id("o"));
        assertThat(at(request.clone().setVersion(1))).isEqualTo(then);
        assertThat(at(request.clone().setVersion(2))).isEqualTo(row());
        assertThat(OrderView.parseFrom(then).getSaga().getPhase())
                .isEqualTo(SagaPhase.SAGA_PHASE_RUNNING);
    }

    private ByteString row() {
        return database.views()
                .getViews(
                        GetViewsRequest.newBuilder()
                                .setView("order")
                                .addIds(id("o"))
                                .setFreshness(TestDatabase.LOG_END)
                                .build())
                .getViews(0);
    }

    @Test
    void what_makes_no_sense_is_refused_naming_the_field() {
        assertBadInput("view", () -> at(contact("ada").setView("command").setVersion(1)));
        assertBadInput("view", () -> at(contact("ada").setView("movement").setVersion(1)));
        assertBadInput("version", () -> at(contact("ada")));
        assertBadInput("version", () -> at(contact("ada").setVersion(-1)));
        assertBadInput("id", () -> at(contact("ada").setId("").setVersion(1)));
        assertBadInput("aggregate", () -> database.views().getHistory(history("x").build()));
        assertBadInput("limit", () -> database.views().getHistory(history("contact").build()));
        assertBadInput(
                "limit",
                () -> database.views().getHistory(history("contact").setLimit(1_001).build()));
        assertBadInput(
                "after_version",
                () ->
                        database.views()
                                .getHistory(
                                        history("contact")
                                                .setLimit(1)
                                                .setAfterVersion(-1)
                                                .build()));
    }

    private static GetHistoryRequest.Builder history(String aggregate) {
        return GetHistoryRequest.newBuilder().setAggregate(aggregate).setId(id("ada"));
    }

    @Test
    void a_history_has_the_commits_that_hold_events_page_by_page() {
        database.append(
                adds("a", "ada"),
                adds("x", "xena"),
                refused("n", "ada", 1),
                renames("b", "ada", 1, "Bea"),
                renames("c", "ada", 2, "Cleo"));

        GetHistoryResponse two =
                database.views().getHistory(history("contact").setLimit(2).build());
        assertThat(two.getCommitsList()).extracting(Commit::getPosition).containsExactly(1L, 4L);
        assertThat(two.getMore()).isTrue();
        GetHistoryResponse rest =
                database.views()
                        .getHistory(history("contact").setAfterVersion(2).setLimit(2).build());
        assertThat(rest.getCommitsList()).extracting(Commit::getVersion).containsExactly(3L);
        assertThat(rest.getMore()).isFalse();
    }

    @Test
    void a_history_is_read_from_its_end_too() {
        database.append(
                adds("a", "ada"),
                renames("b", "ada", 1, "Bea"),
                refused("n", "ada", 2),
                applied("c", "ada", 2, named("Cleo"), named("Dora")));

        GetHistoryRequest.Builder back = history("contact").setBackwards(true).setLimit(2);
        GetHistoryResponse two = database.views().getHistory(back.build());
        assertThat(two.getCommitsList()).extracting(Commit::getVersion).containsExactly(4L, 2L);
        assertThat(two.getMore()).isTrue();
        GetHistoryResponse rest = database.views().getHistory(back.setBeforeVersion(2).build());
        assertThat(rest.getCommitsList()).extracting(Commit::getVersion).containsExactly(1L);
        assertThat(rest.getMore()).isFalse();
        assertBadInput(
                "before_version",
                () -> database.views().getHistory(back.setBeforeVersion(-1).build()));
    }

    @Test
    void a_history_that_is_read_after_a_command_has_what_it_did() {
        database.append(adds("a", "ada"));
        assertThat(
                        database.views()
                                .getHistory(
                                        history("contact")
                                                .setLimit(9)
                                                .setFreshness(TestDatabase.LOG_END)
                                                .build())
                                .getCommitsCount())
                .isEqualTo(1);
    }
}
