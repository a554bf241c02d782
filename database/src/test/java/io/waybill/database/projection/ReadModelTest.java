package io.waybill.database.projection;

import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.command;
import static io.waybill.database.engine.Proposals.deletes;
import static io.waybill.database.engine.Proposals.id;
import static io.waybill.database.engine.Proposals.refused;
import static io.waybill.database.engine.Proposals.renames;
import static io.waybill.database.engine.Proposals.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.command.CommandProjection;
import io.waybill.database.contact.ContactProjection;
import io.waybill.database.engine.Appended;
import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.Proposals;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.StorageEngine;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.database.order.OrderProjection;
import io.waybill.database.tail.LogTail;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.RecordedEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Projections, run over a log in memory. */
class ReadModelTest {

    private static final String CONTACTS = new ContactProjection().table();

    private final StorageEngine engine = new MemoryEngine("store", "incarnation");
    private final LogTail tail = new LogTail(engine.log());
    private final List<ProjectionRunner> running = new ArrayList<>();

    @AfterEach
    void stop() {
        running.forEach(ProjectionRunner::close);
    }

    private <V extends Message> Progress run(Projection<V> projection, ReadStore into) {
        Progress progress = new Progress();
        ProjectionRunner runner =
                new ProjectionRunner(
                        projection.name(),
                        tail,
                        into,
                        List.of(new ReadModel<>(projection, progress)));
        running.add(runner);
        runner.start();
        return progress;
    }

    private void append(ProposedCommit.Builder... proposed) {
        Appended appended =
                engine.log()
                        .append(Stream.of(proposed).map(ProposedCommit.Builder::build).toList());
        assertThat(appended.written()).hasSize(proposed.length);
        tail.appended(appended.written());
    }

    private void upToDate(Progress progress) {
        progress.reached(tail.end()).orTimeout(5, TimeUnit.SECONDS).join();
    }

    private static List<ContactView> contacts(ReadStore rows) {
        return rows
                .scan(
                        CONTACTS,
                        ContactProjection.BY_CREATED.stored(),
                        KeyRange.ALL,
                        Direction.FORWARD,
                        ScanLimit.of(10_000))
                .stream()
                .map(Listed::row)
                .map(ReadModelTest::contact)
                .toList();
    }

    private static ContactView contact(ByteString row) {
        try {
            return ContactView.parseFrom(row);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<ContactView> contact(String name) {
        return engine.rows()
                .get(CONTACTS, ByteString.copyFromUtf8(id(name)))
                .map(ReadModelTest::contact);
    }

    @Test
    void a_contact_shows_what_its_events_say() {
        Progress progress = run(new ContactProjection(), engine.rows());
        append(
                applied(
                        "a",
                        "ada",
                        0,
                        ContactAdded.newBuilder()
                                .setId(id("ada"))
                                .setName("Ada")
                                .setEmail("ada@example.org")
                                .setAt(Timestamps.fromMillis(1))
                                .build()),
                applied(
                        "b",
                        "ada",
                        1,
                        ContactUpdated.newBuilder()
                                .setId(id("ada"))
                                .setEmail("")
                                .setPhone("+49 30 1")
                                .setAt(Timestamps.fromMillis(2))
                                .build()));
        upToDate(progress);
        assertThat(contact("ada"))
                .contains(
                        ContactView.newBuilder()
                                .setId(id("ada"))
                                .setName("Ada")
                                .setPhone("+49 30 1")
                                .setCreated(Timestamps.fromMillis(1))
                                .setLastUpdated(Timestamps.fromMillis(2))
                                .setVersion(2)
                                .setCreatedPosition(1)
                                .build());
        assertThat(contacts(engine.rows())).containsExactly(contact("ada").orElseThrow());
    }

    @Test
    void several_events_of_one_commit_have_versions_of_their_own() {
        Progress progress = run(new ContactProjection(), engine.rows());
        append(
                applied(
                        "a",
                        "ada",
                        0,
                        Proposals.added("ada", "Ada"),
                        ContactUpdated.newBuilder().setId(id("ada")).setName("Bea").build()));
        upToDate(progress);
        assertThat(contact("ada").orElseThrow().getVersion()).isEqualTo(2);
        assertThat(contact("ada").orElseThrow().getName()).isEqualTo("Bea");
    }

    @Test
    void a_deleted_contact_has_no_row_is_not_listed_and_does_not_come_back() {
        Progress progress = run(new ContactProjection(), engine.rows());
        append(adds("a", "ada"), adds("b", "bob"));
        upToDate(progress);
        append(deletes("c", "ada", 1));
        append(
                renames("d", "ada", 2, "again"),
                applied("e", "ada", 3, Proposals.added("ada", "x")));
        upToDate(progress);
        assertThat(contact("ada")).isEmpty();
        assertThat(contacts(engine.rows()))
                .extracting(ContactView::getId)
                .containsExactly(id("bob"));
    }

    @Test
    void contacts_are_listed_oldest_first_and_an_update_does_not_move_them() {
        Progress progress = run(new ContactProjection(), engine.rows());
        append(adds("a", "zoe"), adds("b", "ada"), adds("c", "kim"), renames("d", "zoe", 1, "A"));
        upToDate(progress);
        assertThat(contacts(engine.rows()))
                .extracting(ContactView::getId)
                .containsExactly(id("zoe"), id("ada"), id("kim"));
    }

    @Test
    void a_command_shows_its_outcome_and_not_its_content() throws Exception {
        Progress progress = run(new CommandProjection(), engine.rows());
        append(adds("a", "ada"), refused("b", "bob", 0).setStream("command/" + id("b")));
        upToDate(progress);
        CommandView applied =
                CommandView.parseFrom(
                        engine.rows()
                                .get(CommandProjection.TABLE, CommandProjection.key(command("a")))
                                .orElseThrow());
        assertThat(applied.getAggregateId()).isEqualTo(id("ada"));
        assertThat(applied.getVersion()).isEqualTo(1);
        assertThat(applied.getPosition()).isEqualTo(1);
        assertThat(applied.getMetadata().getDoor()).isEqualTo("GRAPHQL");
        assertThat(applied.toString()).doesNotContain("ada's name");
        CommandView refused =
                CommandView.parseFrom(
                        engine.rows()
                                .get(CommandProjection.TABLE, CommandProjection.key(command("b")))
                                .orElseThrow());
        assertThat(refused.getAggregateId()).isEmpty();
        assertThat(refused.getOutcome().getCode()).isEqualTo("NOT_FOUND");
    }

    @Test
    void a_command_that_was_undone_before_it_came_has_a_row_of_its_own() throws Exception {
        Progress progress = run(new CommandProjection(), engine.rows());
        append(applied("undo", "ada", 0).setForecloses(command("late")));
        upToDate(progress);

        CommandView late =
                CommandView.parseFrom(
                        engine.rows()
                                .get(
                                        CommandProjection.TABLE,
                                        CommandProjection.key(command("late")))
                                .orElseThrow());
        assertThat(late.getCommandId()).isEqualTo(command("late").getCommandId());
        assertThat(late.getOutcome().getKind()).isEqualTo(OutcomeKind.OUTCOME_KIND_REJECTED);
        assertThat(late.getOutcome().getCode()).isEqualTo("UNDONE");
        assertThat(late.getFingerprint()).isEmpty();
        assertThat(late.getStream()).isEqualTo(stream("ada"));
        assertThat(late.getPosition()).isEqualTo(1);
        assertThat(
                        engine.rows()
                                .get(
                                        CommandProjection.TABLE,
                                        CommandProjection.key(command("undo"))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rows_made_from_nothing_equal_those_that_grew_with_the_log(long seed) {
        Random random = new Random(seed);
        Progress live = run(new ContactProjection(), engine.rows());
        Progress liveCommands = run(new CommandProjection(), engine.rows());
        Map<String, Long> versions = new HashMap<>();
        for (int i = 0; i < 600; i++) {
            append(anything(i, random, versions));
            if (random.nextInt(20) == 0) {
                upToDate(live);
            }
        }
        upToDate(live);
        upToDate(liveCommands);

        ReadStore fresh = new MemoryEngine("fresh", "incarnation").rows();
        upToDate(run(new ContactProjection(), fresh));
        upToDate(run(new CommandProjection(), fresh));

        assertThat(contacts(fresh)).isNotEmpty().isEqualTo(contacts(engine.rows()));
        for (ContactView contact : contacts(fresh)) {
            assertThat(fresh.get(CONTACTS, contact.getIdBytes())).contains(contact.toByteString());
            assertThat(engine.rows().get(CONTACTS, contact.getIdBytes()))
                    .contains(contact.toByteString());
        }
        for (int i = 0; i < 600; i++) {
            ByteString key = CommandProjection.key(command("c" + i));
            assertThat(fresh.get(CommandProjection.TABLE, key))
                    .isPresent()
                    .isEqualTo(engine.rows().get(CommandProjection.TABLE, key));
        }
    }

    private static ProposedCommit.Builder anything(
            int i, Random random, Map<String, Long> versions) {
        String contact = "contact " + random.nextInt(60);
        long version = versions.getOrDefault(contact, 0L);
        String command = "c" + i;
        if (random.nextInt(6) == 0) {
            return refused(command, contact, version);
        }
        versions.put(contact, version + 1);
        if (version == 0) {
            return adds(command, contact);
        }
        return random.nextInt(4) == 0
                ? deletes(command, contact, version)
                : renames(command, contact, version, "name " + random.nextInt());
    }

    @Test
    void a_projection_goes_on_where_its_checkpoint_is() {
        append(adds("a", "ada"), adds("b", "bob"));
        engine.rows().apply(CONTACTS, List.of(), 1);
        upToDate(run(new ContactProjection(), engine.rows()));
        assertThat(contacts(engine.rows()))
                .extracting(ContactView::getId)
                .containsExactly(id("bob"));
    }

    @Test
    void what_comes_before_an_event_that_is_not_known_is_written_and_nothing_after() {
        Progress contacts = run(new ContactProjection(), engine.rows());
        Progress commands = run(new CommandProjection(), engine.rows());
        append(
                adds("a", "ada"),
                applied("b", "bob", 0).addEvents(RecordedEvent.newBuilder().setType("x.Y")),
                adds("c", "cleo"));
        upToDate(commands);
        assertThat(contacts.reached(3).handle((ok, failure) -> failure).join())
                .hasMessageContaining("x.Y at position 2 is not known");
        assertThat(contacts.stopped()).isPresent();
        assertThat(contacts.position()).isEqualTo(1);
        assertThat(engine.rows().checkpoint(CONTACTS)).isEqualTo(1);
        assertThat(contact("ada")).isPresent();
        assertThat(contact("cleo")).isEmpty();
    }

    @Test
    void of_a_commit_that_is_not_understood_nothing_is_written() {
        Progress contacts = run(new ContactProjection(), engine.rows());
        append(
                adds("a", "ada"),
                applied("b", "bob", 0, Proposals.added("bob", "Bob"))
                        .addEvents(RecordedEvent.newBuilder().setType("x.Y")));
        assertThat(contacts.reached(2).handle((ok, failure) -> failure).join())
                .hasMessageContaining("x.Y at position 2 is not known");
        assertThat(contact("ada")).isPresent();
        assertThat(contact("bob")).isEmpty();
        assertThat(contacts(engine.rows())).hasSize(1);
    }

    @Test
    void an_event_that_cannot_be_read_stops_the_projection() {
        Progress contacts = run(new ContactProjection(), engine.rows());
        append(
                applied("a", "ada", 0)
                        .addEvents(
                                RecordedEvent.newBuilder()
                                        .setType("waybill.contact.v1.ContactAdded")
                                        .setData(ByteString.copyFromUtf8("garbage"))));
        assertThat(contacts.reached(1).handle((ok, failure) -> failure).join())
                .hasMessageContaining("cannot be read");
    }

    @Test
    void commits_that_change_nothing_leave_a_checkpoint_now_and_then_only() {
        Progress orders = run(new OrderProjection(), engine.rows());
        append(adds("a", "ada"), adds("b", "bob"));
        upToDate(orders);
        assertThat(orders.position()).isEqualTo(2);
        assertThat(engine.rows().checkpoint("order")).isZero();

        for (int from = 0; from < 10_000; from += 1_000) {
            int first = from;
            append(
                    IntStream.range(first, first + 1_000)
                            .mapToObj(i -> adds("c" + i, "contact " + i))
                            .toArray(ProposedCommit.Builder[]::new));
            upToDate(orders);
        }
        assertThat(engine.rows().checkpoint("order")).isBetween(10_000L, 10_002L);
    }

    @Test
    void a_store_that_fails_is_waited_for() {
        append(adds("a", "ada"));
        FailingRows rows = new FailingRows(engine.rows(), 2);
        upToDate(run(new ContactProjection(), rows));
        assertThat(contact("ada")).isPresent();
        assertThat(rows.failuresLeft()).isZero();
    }

    @Test
    void what_a_store_forgot_when_it_failed_is_written_again() {
        ForgetfulRows rows = new ForgetfulRows();
        Progress progress = run(new ContactProjection(), rows);
        append(adds("a", "ada"));
        upToDate(progress);

        rows.failAndForget();
        append(adds("b", "bob"));

        upToDate(progress);
        assertThat(contacts(rows))
                .extracting(ContactView::getId)
                .containsExactly(id("ada"), id("bob"));
    }

    @Test
    void what_a_store_forgot_unseen_is_written_again_when_the_log_wakes_it() {
        ForgetfulRows rows = new ForgetfulRows();
        Progress progress = run(new ContactProjection(), rows);
        append(adds("a", "ada"), adds("b", "bob"));
        upToDate(progress);

        rows.forget();
        tail.appended(List.of());

        await().untilAsserted(
                        () ->
                                assertThat(contacts(rows))
                                        .extracting(ContactView::getId)
                                        .containsExactly(id("ada"), id("bob")));
    }

    @Test
    void an_error_stops_the_projection_and_it_says_so() {
        ForgetfulRows rows = new ForgetfulRows();
        Progress progress = run(new ContactProjection(), rows);
        rows.breakDown();
        append(adds("a", "ada"));
        assertThat(progress.reached(1).orTimeout(5, TimeUnit.SECONDS))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("projection contact stopped: as the test wants it");
        assertThat(progress.stopped()).isPresent();
    }

    @Test
    void events_of_other_aggregates_are_none_of_its_business() {
        Progress contacts = run(new ContactProjection(), engine.rows());
        append(
                applied("a", "ada", 0)
                        .setStream("order/1")
                        .addEvents(RecordedEvent.newBuilder().setType("waybill.order.v1.Created")));
        upToDate(contacts);
        assertThat(contacts.stopped()).isEmpty();
    }

    @Test
    void a_row_that_is_written_wakes_who_waits_for_it_and_no_other() {
        Progress commands = run(new CommandProjection(), engine.rows());
        var wanted = commands.written(CommandProjection.key(command("b")));
        var other = commands.written(CommandProjection.key(command("x")));
        append(adds("a", "ada"), adds("b", "bob"));
        wanted.orTimeout(5, TimeUnit.SECONDS).join();
        upToDate(commands);
        assertThat(other).isNotDone();
    }

    @Test
    void no_more_may_wait_than_is_bounded_and_who_leaves_makes_room() {
        Progress progress = new Progress();
        var first = progress.reached(1);
        for (int i = 1; i < Progress.MOST_WAITING; i++) {
            assertThat(progress.reached(i)).isNotDone();
        }
        assertThat(progress.reached(1)).isCompletedExceptionally();
        assertThat(progress.written(ByteString.EMPTY)).isCompletedExceptionally();
        first.cancel(false);
        assertThat(progress.written(ByteString.EMPTY)).isNotDone();
        progress.advance(Progress.MOST_WAITING, List.<RowChange>of());
        assertThat(progress.reached(Progress.MOST_WAITING + 1)).isNotDone();
    }
}
