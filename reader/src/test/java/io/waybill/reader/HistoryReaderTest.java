package io.waybill.reader;

import static io.waybill.reader.StoredWorld.NOW;
import static io.waybill.reader.StoredWorld.at;
import static io.waybill.reader.StoredWorld.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactDeleted;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.proto.reader.v1.Direction;
import io.waybill.proto.reader.v1.GetAtRequest;
import io.waybill.proto.reader.v1.GetHistoryRequest;
import io.waybill.proto.reader.v1.GetHistoryResponse;
import io.waybill.proto.reader.v1.HistoryEvent;
import io.waybill.proto.reader.v1.HistoryReaderGrpc;
import io.waybill.proto.reader.v1.HistoryReaderGrpc.HistoryReaderBlockingStub;
import io.waybill.proto.reader.v1.Page;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryReaderTest {

    private StoredWorld world;
    private HistoryReaderBlockingStub history;

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        world = new StoredWorld(folder);
        world.happens(
                "contact",
                "ada",
                ContactAdded.newBuilder()
                        .setId(id("ada"))
                        .setName("Ada")
                        .setEmail("ada@example.org")
                        .setAt(at(1))
                        .build());
        world.happens("contact", "ada", named("two"), named("three"), named("four"));
        world.happens("contact", "ada", ContactDeleted.newBuilder().setId(id("ada")).build());
        history =
                HistoryReaderGrpc.newBlockingStub(world.client())
                        .withDeadlineAfter(Duration.ofMinutes(5));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static ContactUpdated named(String name) {
        return ContactUpdated.newBuilder().setId(id("ada")).setName(name).setAt(at(2)).build();
    }

    private static GetHistoryRequest.Builder ada() {
        return GetHistoryRequest.newBuilder()
                .setAggregate("contact")
                .setId(id("ada"))
                .setFirst(100)
                .setReadAfter(NOW);
    }

    @Test
    void every_event_is_told_with_where_it_comes_from() {
        GetHistoryResponse all = history.getHistory(ada().build());

        assertThat(all.getEventsList())
                .extracting(HistoryEvent::getName)
                .containsExactly("ADDED", "UPDATED", "UPDATED", "UPDATED", "DELETED");
        assertThat(all.getEventsList())
                .extracting(HistoryEvent::getVersion)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(all.getHasNextPage()).isFalse();
        HistoryEvent added = all.getEvents(0);
        assertThat(added.getType()).isEqualTo("waybill.contact.v1.ContactAdded");
        assertThat(added.getJson())
                .isEqualTo(
                        "{\"id\":\"%s\",\"name\":\"Ada\",\"email\":\"ada@example.org\",\"at\":\"1970-01-01T00:00:01Z\"}"
                                .formatted(id("ada")));
        assertThat(added.getDoor()).isEqualTo("MQTT");
        assertThat(added.getTopic()).isEqualTo("TEST/DO");
        assertThat(added.getPosition()).isEqualTo(1);
        assertThat(all.getEvents(3).getPosition()).isEqualTo(2);
        assertThat(added.getCommandId()).isEqualTo(id("command 1"));
        assertThat(added.getAt()).isEqualTo(at(1));
    }

    @Test
    void pages_of_any_size_are_together_the_whole_history() {
        for (int size = 1; size <= 5; size++) {
            List<Long> versions = new ArrayList<>();
            GetHistoryResponse page = GetHistoryResponse.newBuilder().setHasNextPage(true).build();
            String after = "";
            while (page.getHasNextPage()) {
                page = history.getHistory(ada().setFirst(size).setAfter(after).build());
                assertThat(page.getEventsCount()).isBetween(1, size);
                page.getEventsList().forEach(event -> versions.add(event.getVersion()));
                after = page.getEvents(page.getEventsCount() - 1).getCursor();
            }
            assertThat(versions).as("pages of %d", size).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void pages_of_any_size_lead_back_to_the_beginning_in_both_directions() {
        for (Direction direction :
                List.of(Direction.DIRECTION_ASCENDING, Direction.DIRECTION_DESCENDING)) {
            for (int size = 1; size <= 5; size++) {
                List<Long> versions = new ArrayList<>();
                boolean more = true;
                String before = "";
                while (more) {
                    GetHistoryResponse page = last(size, before, direction);
                    assertThat(page.getEventsCount()).isBetween(1, size);
                    assertThat(page.getHasNextPage()).isEqualTo(!before.isEmpty());
                    versions.addAll(0, versions(page));
                    before = page.getEvents(0).getCursor();
                    more = page.getHasPreviousPage();
                }
                assertThat(versions)
                        .as("pages of %d, %s", size, direction)
                        .containsExactlyElementsOf(
                                direction == Direction.DIRECTION_ASCENDING
                                        ? List.of(1L, 2L, 3L, 4L, 5L)
                                        : List.of(5L, 4L, 3L, 2L, 1L));
            }
        }
    }

    private GetHistoryResponse last(int size, String before, Direction direction) {
        return history.getHistory(
                ada().clearFirst()
                        .setPage(Page.newBuilder().setLast(size).setBefore(before))
                        .setDirection(direction)
                        .build());
    }

    private static List<Long> versions(GetHistoryResponse page) {
        return page.getEventsList().stream().map(HistoryEvent::getVersion).toList();
    }

    @Test
    void the_newest_come_first_when_that_is_asked_for() {
        GetHistoryRequest.Builder newest =
                ada().clearFirst().setDirection(Direction.DIRECTION_DESCENDING);
        GetHistoryResponse two =
                history.getHistory(newest.clone().setPage(Page.newBuilder().setFirst(2)).build());
        GetHistoryResponse rest =
                history.getHistory(
                        newest.clone()
                                .setPage(
                                        Page.newBuilder()
                                                .setFirst(9)
                                                .setAfter(two.getEvents(1).getCursor()))
                                .build());

        assertThat(versions(two)).containsExactly(5L, 4L);
        assertThat(two.getHasNextPage()).isTrue();
        assertThat(two.getHasPreviousPage()).isFalse();
        assertThat(versions(rest)).containsExactly(3L, 2L, 1L);
        assertThat(rest.getHasNextPage()).isFalse();
        assertThat(rest.getHasPreviousPage()).isTrue();
    }

    @Test
    void an_aggregate_is_as_it_was_at_a_version_and_at_a_time() {
        assertThat(name(then().setVersion(1))).isEqualTo("Ada");
        assertThat(name(then().setVersion(3))).isEqualTo("three");
        assertThat(name(then().setTime(at(1)))).isEqualTo("Ada");
        assertThat(name(then().setTime(at(2)))).isEqualTo("four");
    }

    private static GetAtRequest.Builder then() {
        return GetAtRequest.newBuilder().setAggregate("contact").setId(id("ada")).setReadAfter(NOW);
    }

    private String name(GetAtRequest.Builder request) {
        return history.getAt(request.build()).getContact().getName();
    }

    @Test
    void what_was_not_there_then_is_not_found() {
        for (GetAtRequest.Builder request :
                List.of(
                        then().setVersion(5),
                        then().setVersion(6),
                        then().setTime(at(0)),
                        then().setTime(at(3)),
                        then().setVersion(1).setAggregate("order"),
                        then().setVersion(1).setId("nonsense"))) {
            assertThat(
                            RunningReader.failure(
                                            Status.Code.NOT_FOUND,
                                            ErrorCode.NOT_FOUND,
                                            () -> history.getAt(request.build()))
                                    .sentence())
                    .endsWith("not found then");
        }
    }

    @Test
    void the_history_of_nothing_is_empty() {
        assertThat(history.getHistory(ada().setId("nonsense").build()).getEventsList()).isEmpty();
        assertThat(history.getHistory(ada().setAggregate("order").build()).getEventsList())
                .isEmpty();
    }

    @Test
    void what_makes_no_sense_is_refused_naming_the_field() {
        String cursor = history.getHistory(ada().build()).getEvents(0).getCursor();
        refused("aggregate", () -> history.getHistory(ada().setAggregate("x").build()));
        refused("first", () -> history.getHistory(ada().setFirst(0).build()));
        refused("first", () -> history.getHistory(ada().setFirst(1_001).build()));
        refused("after", () -> history.getHistory(ada().setAfter("x").build()));
        refused(
                "after",
                () -> history.getHistory(ada().setAggregate("order").setAfter(cursor).build()));
        refused("aggregate", () -> history.getAt(then().setAggregate("command").build()));
        refused("version", () -> history.getAt(then().build()));
    }

    private static void refused(String field, ThrowingCallable call) {
        WaybillException failure =
                RunningReader.failure(Status.Code.INVALID_ARGUMENT, ErrorCode.BAD_USER_INPUT, call);
        assertThat(failure.field()).contains(field);
    }
}
