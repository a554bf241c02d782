package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The cases that any such system must pass, through GraphQL. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContactsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration DELAY = Duration.ofMillis(500);

    private static RunningWaybill waybill;
    private static GraphQl graphQl;

    @BeforeAll
    static void start() {
        waybill = RunningWaybill.start(Folders.fresh("contacts"), "--delay=500ms");
        graphQl = waybill.graphQl();
    }

    @AfterAll
    static void stop() {
        assertThat(waybill.terminate()).as(waybill.output()).isZero();
        waybill.close();
    }

    @Test
    @Order(1)
    void a_contact_is_queued_then_listed_changed_and_deleted() {
        Instant began = Instant.now();
        JsonNode added =
                graphQl.data(
                                "mutation AddContact { addContact(name: \"John HUEBR\") { status message } }")
                        .get("addContact");
        assertThat(added.toString()).isEqualTo("{\"status\":\"OK\",\"message\":\"Queued to add\"}");

        JsonNode listed =
                await().atMost(SOON)
                        .until(
                                () ->
                                        graphQl.data(
                                                        "query ListContacts { listContacts(count:"
                                                                + " 10) { id name last_updated } }")
                                                .get("listContacts"),
                                contacts -> !contacts.isEmpty())
                        .get(0);
        assertThat(Instant.now()).isAfter(began.plus(DELAY));
        assertThat(listed.get("name").asString()).isEqualTo("John HUEBR");
        String id = listed.get("id").asString();
        Instant firstUpdate = instant(listed.get("last_updated"));

        JsonNode updated =
                graphQl.data(
                                "mutation { updateContact(id: \"%s\", name: \"John Huebr\") { status message } }"
                                        .formatted(id))
                        .get("updateContact");
        assertThat(updated.toString())
                .isEqualTo("{\"status\":\"OK\",\"message\":\"Queued to update\"}");
        JsonNode changed =
                await().atMost(SOON)
                        .until(
                                () -> contact(id),
                                one -> one.get("name").asString().equals("John Huebr"));
        assertThat(instant(changed.get("last_updated"))).isAfter(firstUpdate);
        assertThat(changed.get("version").asInt()).isEqualTo(2);

        JsonNode deleted =
                graphQl.data(
                                "mutation { deleteContact(id: \"%s\") { status message commandId } }"
                                        .formatted(id))
                        .get("deleteContact");
        assertThat(deleted.get("message").asString()).isEqualTo("Queued to delete");
        assertThat(
                        graphQl.data(
                                        "{ getContact(id: \"%s\", afterCommand: \"%s\") { id } }"
                                                .formatted(id, deleted.get("commandId").asString()))
                                .get("getContact")
                                .isNull())
                .isTrue();
    }

    @Test
    @Order(2)
    void a_list_has_as_many_as_asked_oldest_first() {
        List<String> ids = IntStream.range(0, 5).mapToObj(i -> add("Contact " + i)).toList();
        ids.forEach(id -> await().atMost(SOON).until(() -> !contact(id).isNull()));

        JsonNode two = graphQl.data("{ listContacts(count: 2) { id } }").get("listContacts");
        JsonNode all = graphQl.data("{ listContacts(count: 10) { id } }").get("listContacts");

        assertThat(two.size()).isEqualTo(2);
        assertThat(texts(all, "id")).containsExactlyElementsOf(ids);
        assertThat(texts(two, "id")).containsExactlyElementsOf(ids.subList(0, 2));
    }

    @Test
    @Order(3)
    void everything_can_be_paged_through() {
        Set<String> seen = new HashSet<>();
        String after = "null";
        boolean more = true;
        while (more) {
            JsonNode page =
                    graphQl.data(
                                    "{ contacts(first: 2, after: %s) { edges { node { id } } pageInfo { hasNextPage endCursor } } }"
                                            .formatted(after))
                            .get("contacts");
            page.get("edges")
                    .forEach(
                            edge ->
                                    assertThat(seen.add(edge.get("node").get("id").asString()))
                                            .isTrue());
            more = page.get("pageInfo").get("hasNextPage").asBoolean();
            after = '"' + page.get("pageInfo").get("endCursor").asString() + '"';
        }
        assertThat(seen).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"updateContact(id: \"%s\", name: \"x\")", "deleteContact(id: \"%s\")"})
    void what_nobody_added_cannot_be_changed(String mutation) {
        for (String id : List.of(UUID.randomUUID().toString(), "not-an-id")) {
            JsonNode error =
                    graphQl.error("mutation { %s { status } }".formatted(mutation.formatted(id)));

            assertThat(error.get("message").asString())
                    .isEqualTo("contact with id " + id + " not found");
            assertThat(error.get("extensions").get("code").asString()).isEqualTo("NOT_FOUND");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"addContact", "addContact(name: \" \")", "addContact(name: \"%s\")"})
    void a_name_that_is_missing_blank_or_too_long_is_named(String mutation) {
        JsonNode error =
                graphQl.error(
                        "mutation { %s { status } }"
                                .formatted(mutation.formatted("x".repeat(10_000))));

        assertThat(error.get("extensions").get("code").asString()).isEqualTo("BAD_USER_INPUT");
        assertThat(error.get("extensions").get("field").asString()).isEqualTo("name");
        assertThat(error.get("message").asString()).contains("name");
    }

    @Test
    void the_same_key_five_times_has_one_effect_and_five_equal_answers() {
        String mutation =
                "mutation { addContact(name: \"Once\", idempotencyKey: \"%s\") { status message commandId id } }"
                        .formatted(UUID.randomUUID());
        JsonNode first = graphQl.data(mutation);
        JsonNode second = graphQl.data(mutation);
        String commandId = first.get("addContact").get("commandId").asString();
        awaitOutcome(commandId);
        List<JsonNode> answers =
                List.of(
                        first,
                        second,
                        graphQl.data(mutation),
                        graphQl.data(mutation),
                        graphQl.data(mutation));

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(first));
        JsonNode all =
                graphQl.data(
                                "{ listContacts(count: 100, afterCommand: \"%s\") { name } }"
                                        .formatted(commandId))
                        .get("listContacts");
        assertThat(texts(all, "name")).containsOnlyOnce("Once");
    }

    @Test
    void a_key_used_for_another_content_is_refused_and_the_first_outcome_stays() {
        String key = UUID.randomUUID().toString();
        String first =
                graphQl.data(
                                "mutation { addContact(name: \"First\", idempotencyKey: \"%s\") { commandId } }"
                                        .formatted(key))
                        .get("addContact")
                        .get("commandId")
                        .asString();
        awaitOutcome(first);

        JsonNode error =
                graphQl.error(
                        "mutation { addContact(name: \"Second\", idempotencyKey: \"%s\") { commandId } }"
                                .formatted(key));

        assertThat(error.get("extensions").get("code").asString())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(graphQl.command(first).get("status").asString()).isEqualTo("APPLIED");
    }

    @Test
    void a_command_is_followed_from_pending_to_its_outcome() {
        JsonNode added =
                graphQl.data("mutation { addContact(name: \"Followed\") { commandId id } }")
                        .get("addContact");
        String commandId = added.get("commandId").asString();
        try (Subscription updates =
                Subscription.to(
                        graphQl,
                        "subscription($id: String!) { commandUpdates(id: $id) { id status aggregateId version } }",
                        Map.of("id", commandId))) {
            assertThat(update(updates).get("status").asString()).isEqualTo("PENDING");
            JsonNode outcome = update(updates);
            assertThat(outcome.get("status").asString()).isEqualTo("APPLIED");
            assertThat(outcome.get("aggregateId").asString()).isEqualTo(added.get("id").asString());
            updates.next("complete");
        }
        JsonNode command = graphQl.command(commandId);
        assertThat(command.get("status").asString()).isEqualTo("APPLIED");
        assertThat(command.get("topic").asString()).isEqualTo("CONTACT/ADD");
        assertThat(
                        Duration.between(
                                instant(command.get("acceptedAt")),
                                instant(command.get("decidedAt"))))
                .isGreaterThanOrEqualTo(DELAY.minusMillis(5));
    }

    @Test
    void a_refusal_found_late_is_the_outcome_of_its_command() {
        String id = add("Soon gone");
        await().atMost(SOON).until(() -> !contact(id).isNull());
        graphQl.data("mutation { deleteContact(id: \"%s\") { status } }".formatted(id));
        String late =
                graphQl.data(
                                "mutation { updateContact(id: \"%s\", name: \"Late\") { commandId } }"
                                        .formatted(id))
                        .get("updateContact")
                        .get("commandId")
                        .asString();

        JsonNode outcome = awaitOutcome(late);

        assertThat(outcome.get("status").asString()).isEqualTo("REJECTED");
        assertThat(outcome.get("code").asString()).isEqualTo("NOT_FOUND");
        assertThat(outcome.get("message").asString())
                .isEqualTo("contact with id " + id + " not found");
    }

    @Test
    void each_role_has_an_entry_in_the_health() throws Exception {
        JsonNode health = GraphQl.JSON.readTree(graphQl.get("/actuator/health").body());

        assertThat(health.get("status").asString()).isEqualTo("UP");
        assertThat(health.get("components").propertyNames())
                .containsExactlyInAnyOrder("broker", "database", "writer", "reader", "gateway");
    }

    @Test
    void the_reader_answers_a_client_that_knows_only_reflection() {
        String id = add("Reflected");
        await().atMost(SOON).until(() -> !contact(id).isNull());
        try (Reflected reader = new Reflected(waybill.reader())) {
            assertThat(reader.services())
                    .contains(
                            "waybill.reader.v1.ContactReader",
                            "waybill.reader.v1.CommandReader",
                            "protocol.ContactReader",
                            "grpc.health.v1.Health");
            JsonNode answer =
                    reader.call(
                            "waybill.reader.v1.ContactReader",
                            "GetContact",
                            "{\"id\": \"%s\"}".formatted(id));
            assertThat(answer.get("contact").get("name").asString()).isEqualTo("Reflected");
            assertThat(reader.call("grpc.health.v1.Health", "Check", "{}").get("status").asString())
                    .isEqualTo("SERVING");
        }
    }

    private static String add(String name) {
        return graphQl.data("mutation { addContact(name: \"%s\") { id } }".formatted(name))
                .get("addContact")
                .get("id")
                .asString();
    }

    private static JsonNode contact(String id) {
        return graphQl.data(
                        "{ contact(id: \"%s\") { id name email phone last_updated created version } }"
                                .formatted(id))
                .get("contact");
    }

    private static JsonNode awaitOutcome(String commandId) {
        return await().atMost(SOON)
                .until(
                        () -> graphQl.command(commandId),
                        command -> !command.get("status").asString().equals("PENDING"));
    }

    private static JsonNode update(Subscription updates) {
        return updates.next("next").get("payload").get("data").get("commandUpdates");
    }

    private static Instant instant(JsonNode value) {
        return OffsetDateTime.parse(value.asString()).toInstant();
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.get(field).asString())
                .toList();
    }
}
