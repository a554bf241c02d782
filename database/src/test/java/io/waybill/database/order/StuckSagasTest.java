package io.waybill.database.order;

import static io.waybill.database.engine.Proposals.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.TestDatabase;
import io.waybill.database.engine.Proposals;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.wire.role.RunningRole.Health;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the health tells of sagas that are stuck. */
class StuckSagasTest {

    private static final Timestamp AT = Timestamps.fromSeconds(1_000);
    private static final Timestamp PAST = Timestamps.fromSeconds(2_000);
    private static final Timestamp LONG_PAST = Timestamps.fromSeconds(1_500);
    private static final Timestamp FUTURE = Timestamps.MAX_VALUE;

    @TempDir private Path folder;
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.in(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void sagas_that_are_in_time_or_can_still_be_given_up_are_no_warning() {
        happens("in time", FUTURE, committed("in time"));
        happens("running", PAST, beforeReview("running"));

        assertThat(health().warnings()).isEmpty();
        assertThat(health().up()).isTrue();
    }

    @Test
    void a_step_after_the_pivot_that_is_late_is_a_warning_until_it_is_done() {
        List<Message> events = committed("o");
        events.add(order("o").failed("TAKE_ITEMS", false, 1, AT));
        happens("o", PAST, events);

        assertThat(health().warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "1 saga is stuck; the longest is that of order %s: TAKE_ITEMS was to be done by 1970-01-01T00:33:20Z and was asked 4 times, the last time failing with "
                                .formatted(id("o")));
        assertThat(health().up()).isTrue();

        database.append(
                proposed("o", events.size(), List.of(order("o").itemsTaken(AT)))
                        .addTimersSet(timer(FUTURE)));
        assertThat(health().warnings()).isEmpty();
    }

    @Test
    void an_undo_that_is_late_counts_too_and_the_longest_is_named() {
        happens("o", PAST, committed("o"));
        List<Message> events = beforeReview("undone");
        events.add(order("undone").refused("REVIEW", "RESTAURANT_CLOSED", AT));
        happens("undone", LONG_PAST, events);

        assertThat(health().warnings())
                .containsExactly(
                        "2 sagas are stuck; the longest is that of order %s: DEBIT_PAYMENT was to be undone by 1970-01-01T00:25:00Z and was asked 4 times"
                                .formatted(id("undone")));
    }

    /** The health, once it has seen everything. */
    private Health health() {
        return await().until(
                        () -> database.role().health(),
                        health -> {
                            String end =
                                    health.detail()
                                            .replaceAll("the log is at position (\\d+);.*", "$1");
                            return health.detail()
                                    .contains("projection order is at %s;".formatted(end));
                        });
    }

    private void happens(String name, Timestamp deadline, List<Message> events) {
        database.append(proposed(name, 0, events).addTimersSet(timer(deadline)));
    }

    private static Timer timer(Timestamp deadline) {
        return Timer.newBuilder()
                .setName("saga")
                .setDue(FUTURE)
                .setTries(4)
                .setDeadline(deadline)
                .build();
    }

    private static ProposedCommit.Builder proposed(
            String name, long expectedVersion, List<Message> events) {
        return Proposals.applied(
                        name + expectedVersion,
                        name,
                        expectedVersion,
                        events.toArray(Message[]::new))
                .setStream("order/" + id(name));
    }

    private static OrderEvents order(String name) {
        return new OrderEvents(id(name));
    }

    private static List<Message> beforeReview(String name) {
        List<Message> events = new ArrayList<>();
        events.add(order(name).created("c", "r", AT));
        events.addAll(order(name).doneBeforeReview(AT));
        return events;
    }

    private static List<Message> committed(String name) {
        List<Message> events = beforeReview(name);
        events.add(order(name).reviewApproved(AT));
        return events;
    }
}
