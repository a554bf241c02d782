package io.waybill.gateway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.StandInCommands;
import io.waybill.gateway.standin.StandInGateway;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What the documents of clients do, through the real server. */
class QueriesAndMutationsTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final String OTHER_ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7f";

    private static StandInGateway gateway;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        gateway = StandInGateway.start();
        door = new HttpDoor(gateway.at("/graphql"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void clear() {
        gateway.contacts().clear();
        gateway.commands().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/graphql", "/"})
    void the_documents_of_older_clients_run_word_for_word(String path) {
        HttpDoor door = new HttpDoor(gateway.at(path));
        gateway.contacts().put(ID, "Ada");

        var list =
                door.execute(
                        "query ListContacts { listContacts(count: 10) { id name last_updated } }");
        var add =
                door.execute(
                        "mutation AddContact { addContact(name: \"John HUEBR\") { status message } }");
        var update =
                door.execute(
                        "mutation UpdateContact { updateContact(id: \"%s\", name: \"Ada L\") { status message } }"
                                .formatted(ID));
        var delete =
                door.execute(
                        "mutation DeleteContact { deleteContact(id: \"%s\") { status message } }"
                                .formatted(ID));

        assertThat(list.json())
                .hasToString(
                        "{\"data\":{\"listContacts\":[{\"id\":\"%s\",\"name\":\"Ada\",\"last_updated\":\"2023-11-14T22:13:21Z\"}]}}"
                                .formatted(ID));
        assertThat(add.json())
                .hasToString(
                        "{\"data\":{\"addContact\":{\"status\":\"OK\",\"message\":\"Queued to add\"}}}");
        assertThat(update.data().path("updateContact").path("message").asString())
                .isEqualTo("Queued to update");
        assertThat(delete.data().path("deleteContact").path("message").asString())
                .isEqualTo("Queued to delete");
    }

    @Test
    void an_absent_optional_field_is_null_and_a_present_one_is_not() {
        gateway.contacts()
                .replace(
                        gateway.contacts().put(ID, "Ada").toBuilder()
                                .setEmail("ada@example.org")
                                .setVersion(3)
                                .build());

        var answer =
                door.execute(
                        "{ getContact(id: \"%s\") { email phone version created last_updated } }"
                                .formatted(ID));

        assertThat(answer.data().path("getContact"))
                .hasToString(
                        "{\"email\":\"ada@example.org\",\"phone\":null,\"version\":3,\"created\":\"2023-11-14T22:13:21Z\",\"last_updated\":\"2023-11-14T22:13:21Z\"}");
    }

    @Test
    void a_contact_that_does_not_exist_is_null_whatever_its_id_looks_like() {
        var answer =
                door.execute(
                        "{ contact(id: \"%s\") { id } getContact(id: \"no id\") { id } }"
                                .formatted(ID));

        assertThat(answer.json()).hasToString("{\"data\":{\"contact\":null,\"getContact\":null}}");
    }

    @Test
    void the_wait_for_a_command_comes_first_though_the_id_is_none() {
        gateway.contacts()
                .answersAfter(
                        () ->
                                CompletableFuture.failedFuture(
                                        new WaybillException(
                                                ErrorCode.AFTER_COMMAND_TIMEOUT,
                                                "it did not come")));

        var answer =
                door.execute("{ contact(id: \"x\", afterCommand: \"%s\") { id } }".formatted(ID));

        assertThat(answer.code()).isEqualTo("AFTER_COMMAND_TIMEOUT");
        assertThat(gateway.contacts().calls())
                .singleElement()
                .satisfies(
                        call ->
                                assertThat(call.freshness())
                                        .isEqualTo(new Freshness.AfterCommand(ID)));
    }

    @Test
    void what_is_no_id_is_null_once_the_command_is_readable() {
        var answer =
                door.execute("{ contact(id: \"x\", afterCommand: \"%s\") { id } }".formatted(ID));

        assertThat(answer.json()).hasToString("{\"data\":{\"contact\":null}}");
    }

    @Test
    void single_reads_of_one_request_are_one_question_to_the_reader() {
        gateway.contacts().put(ID, "Ada");
        gateway.contacts().put(OTHER_ID, "Bob");

        var answer =
                door.execute(
                        """
                        { a: contact(id: "%s") { name } b: getContact(id: "%s") { name }
                          c: contact(id: "%s") { name } }
                        """
                                .formatted(ID, OTHER_ID, ID.toUpperCase(java.util.Locale.ROOT)));

        assertThat(answer.data())
                .hasToString(
                        "{\"a\":{\"name\":\"Ada\"},\"b\":{\"name\":\"Bob\"},\"c\":{\"name\":\"Ada\"}}");
        assertThat(gateway.contacts().calls()).hasSize(1);
        assertThat(gateway.contacts().calls().getFirst().what())
                .isEqualTo("byIds [%s, %s]".formatted(ID, OTHER_ID));
    }

    @Test
    void a_query_after_a_command_asks_for_that_freshness() {
        var answer =
                door.execute(
                        "query ($c: String) { listContacts(count: 1, afterCommand: $c) { id } contact(id: \"%s\", afterCommand: $c) { id } contacts(afterCommand: $c) { nodes { id } } }"
                                .formatted(ID),
                        Map.of("c", OTHER_ID));

        assertThat(answer.json().has("errors")).isFalse();
        assertThat(gateway.contacts().calls())
                .hasSize(3)
                .allSatisfy(
                        call ->
                                assertThat(call.freshness())
                                        .isEqualTo(new Freshness.AfterCommand(OTHER_ID)));
    }

    @Test
    void all_contacts_can_be_walked_a_page_at_a_time() {
        for (int i = 0; i < 5; i++) {
            gateway.contacts().put("0190a6e2-7b7c-7d3a-8f5e-00000000000" + i, "C" + i);
        }
        String query =
                "query ($after: String) { contacts(first: 2, after: $after) { edges { cursor node { name } } nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

        var first = door.execute(query).data().path("contacts");
        var last = door.execute(query, Map.of("after", "c4")).data().path("contacts");

        assertThat(first)
                .hasToString(
                        "{\"edges\":[{\"cursor\":\"c1\",\"node\":{\"name\":\"C0\"}},{\"cursor\":\"c2\",\"node\":{\"name\":\"C1\"}}],\"nodes\":[{\"name\":\"C0\"},{\"name\":\"C1\"}],\"pageInfo\":{\"hasNextPage\":true,\"hasPreviousPage\":false,\"startCursor\":\"c1\",\"endCursor\":\"c2\"}}");
        assertThat(last.path("pageInfo"))
                .hasToString(
                        "{\"hasNextPage\":false,\"hasPreviousPage\":true,\"startCursor\":\"c5\",\"endCursor\":\"c5\"}");
        assertThat(
                        door.execute("{ contacts { nodes { name } } }")
                                .data()
                                .path("contacts")
                                .path("nodes"))
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_000})
    void a_count_out_of_range_is_told_what_is_allowed(int count) {
        var list = door.execute("{ listContacts(count: %d) { id } }".formatted(count));
        var page = door.execute("{ contacts(first: %d) { nodes { id } } }".formatted(count));

        assertThat(list.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(list.field()).isEqualTo("count");
        assertThat(list.message()).isEqualTo("count must be 1 to 1000, but is " + count);
        assertThat(page.message()).isEqualTo("first must be 1 to 1000, but is " + count);
        assertThat(gateway.contacts().calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense"})
    void a_foreign_cursor_is_refused_with_its_field(String cursor) {
        var answer =
                door.execute(
                        "query ($c: String) { contacts(after: $c) { nodes { id } } }",
                        Map.of("c", cursor));

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.field()).isEqualTo("after");
    }

    @Test
    void a_mutation_hands_on_what_was_given_and_nothing_else() {
        var answer =
                door.post(
                        """
                        {"query": "mutation ($e: String) { updateContact(id: \\"%s\\", email: $e, phone: null, idempotencyKey: \\"k-1\\") { commandId id } }",
                         "variables": {"e": ""}}
                        """
                                .formatted(ID),
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        StandInCommands.Submitted submitted = gateway.commands().submitted().getFirst();
        assertThat(submitted.command().message())
                .isEqualTo(UpdateContact.newBuilder().setId(ID).setEmail("").build());
        assertThat(submitted.key()).contains("k-1");
        assertThat(submitted.trace())
                .contains("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(submitted.principal()).isEqualTo(Principal.ANONYMOUS);
        assertThat(answer.data().path("updateContact").path("commandId").asString())
                .isEqualTo(submitted.accepted().commandId());
        assertThat(answer.data().path("updateContact").path("id").asString()).isEqualTo(ID);
    }

    @Test
    void an_idempotency_key_must_be_visible_and_of_bounded_length() {
        for (String key : List.of("", " ", "a b", "tab\t", "x".repeat(201), "\u200b")) {
            var answer =
                    door.execute(
                            "mutation ($k: String) { addContact(name: \"Ada\", idempotencyKey: $k) { id } }",
                            Map.of("k", key));

            assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
            assertThat(answer.field()).isEqualTo("idempotencyKey");
        }
        assertThat(gateway.commands().submitted()).isEmpty();
        assertThat(
                        door.execute(
                                        "mutation ($k: String) { addContact(name: \"Ada\", idempotencyKey: $k) { id } }",
                                        Map.of("k", "\uD83D\uDE00".repeat(200)))
                                .json()
                                .has("errors"))
                .isFalse();
    }

    @Test
    void several_mutations_answer_each_for_itself() {
        var answer =
                door.execute(
                        "mutation { a: addContact(name: \"Ada\") { message } b: addContact(name: \" \") { message } c: addContact(name: \"Cid\") { message } }");

        assertThat(answer.data())
                .hasToString(
                        "{\"a\":{\"message\":\"Queued to add\"},\"b\":null,\"c\":{\"message\":\"Queued to add\"}}");
        assertThat(answer.json().path("errors")).hasSize(1);
        assertThat(answer.error().path("path")).hasToString("[\"b\"]");
    }

    @Test
    void a_command_is_pending_then_decided_and_unknown_ones_are_null() {
        String id =
                door.execute("mutation { addContact(name: \"Ada\") { commandId } }")
                        .data()
                        .path("addContact")
                        .path("commandId")
                        .asString();
        String query =
                "query ($id: String!) { command(id: $id) { id status code message field topic version acceptedAt decidedAt } }";

        var pending = door.execute(query, Map.of("id", id)).data().path("command");
        gateway.commands()
                .decide(Principal.ANONYMOUS, id, OutcomeKind.OUTCOME_KIND_REJECTED, "NOT_FOUND");
        var decided = door.execute(query, Map.of("id", id)).data().path("command");

        assertThat(pending)
                .hasToString(
                        "{\"id\":\"%s\",\"status\":\"PENDING\",\"code\":null,\"message\":null,\"field\":null,\"topic\":\"CONTACT/ADD\",\"version\":null,\"acceptedAt\":\"2026-01-31T12:34:56.789Z\",\"decidedAt\":null}"
                                .formatted(id));
        assertThat(decided.path("status").asString()).isEqualTo("REJECTED");
        assertThat(decided.path("code").asString()).isEqualTo("NOT_FOUND");
        assertThat(decided.path("decidedAt").asString()).isEqualTo("2026-01-31T12:34:59.789Z");
        assertThat(door.execute(query, Map.of("id", OTHER_ID)).json())
                .hasToString("{\"data\":{\"command\":null}}");
        assertThat(door.execute(query, Map.of("id", "no id")).field()).isEqualTo("id");
    }

    @Test
    void a_known_token_names_the_principal_and_a_wrong_one_is_refused() {
        String add = "{\"query\": \"mutation { addContact(name: \\\"Ada\\\") { id } }\"}";

        var known = door.post(add, "Authorization", "Bearer " + StandInGateway.TOKEN);
        var wrong = door.post(add, "Authorization", "Bearer nobody");
        var basic = door.post(add, "Authorization", "Basic YTpi");

        assertThat(known.status()).isEqualTo(200);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.contentType()).startsWith("application/problem+json");
        assertThat(wrong.json().path("detail").asString()).contains("Bearer <token>");
        assertThat(basic.status()).isEqualTo(401);
        assertThat(gateway.commands().submitted()).hasSize(1);
        assertThat(gateway.commands().submitted().getFirst().principal())
                .isEqualTo(StandInGateway.ADA);
    }

    @Test
    void a_refusal_keeps_its_code_field_and_wait() {
        gateway.commands()
                .refuse(
                        new WaybillException(ErrorCode.RESOURCE_EXHAUSTED, "the outbox is full")
                                .retryAfter(Duration.ofSeconds(2)));

        var answer = door.execute("mutation { addContact(name: \"Ada\") { id } }");

        assertThat(answer.error().path("extensions"))
                .hasToString("{\"code\":\"RESOURCE_EXHAUSTED\",\"retryAfterMillis\":2000}");
        assertThat(answer.message()).isEqualTo("the outbox is full");
        assertThat(answer.error().path("path")).hasToString("[\"addContact\"]");
    }

    @Test
    void what_is_unexpected_gives_nothing_away() {
        gateway.contacts()
                .answersAfter(
                        () ->
                                CompletableFuture.failedFuture(
                                        new IllegalStateException("secret /path at Foo.java:12")));

        var answer = door.execute("{ listContacts(count: 1) { id } }");

        assertThat(answer.code()).isEqualTo("INTERNAL");
        assertThat(answer.json().toString()).doesNotContain("secret").doesNotContain("java");
    }
}
