package io.waybill.gateway.graphql.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.gateway.standin.EventClient;
import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.StandInGateway;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.time.Duration;

/** GraphQL over Server-Sent Events: following commands, and what is refused how. */
class EventStreamsTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";

    private static StandInGateway gateway;

    @BeforeAll
    static void start() {
        gateway =
                StandInGateway.start(
                        StandInGateway.settings(
                                new StreamLimits(500, 400, Duration.ofMillis(100))));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void clear() {
        gateway.contacts().clear();
        gateway.commands().clear();
        await().until(() -> gateway.part(EventStreams.class).streams() == 0);
    }

    @ParameterizedTest
    @CsvSource({"/graphql, POST", "/, POST", "/graphql, GET", "/, GET"})
    void a_command_is_followed_from_pending_to_its_outcome(String path, String method) {
        String command = accepted();
        try (EventClient client =
                method.equals("GET")
                        ? EventClient.get(gateway.at(path), follow(command))
                        : EventClient.post(gateway.at(path), follow(command))) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.header("content-type"))
                    .isEqualToIgnoringCase("text/event-stream;charset=UTF-8");
            assertThat(client.header("cache-control")).isEqualTo("no-store");
            client.expectNext(status("PENDING"));

            gateway.commands()
                    .decide(Principal.ANONYMOUS, command, OutcomeKind.OUTCOME_KIND_APPLIED, "");

            client.expectNext(status("APPLIED"));
            client.expectComplete();
        }
    }

    @Test
    void a_stream_is_open_before_there_is_anything_to_tell_and_is_kept_alive() {
        try (EventClient client = EventClient.post(gateway.at("/graphql"), follow(ID))) {
            await().until(() -> client.comments() > 3);

            assertThat(client.status()).isEqualTo(200);
            assertThat(client.hasReceivedNothing()).isTrue();
            assertThat(gateway.commands().followers()).isEqualTo(1);
        }
    }

    @Test
    void whoever_leaves_follows_nothing_any_more() {
        EventClient client = EventClient.post(gateway.at("/graphql"), follow(ID));
        await().until(() -> gateway.commands().followers() == 1);

        client.close();

        await().until(() -> gateway.commands().followers() == 0);
        await().until(() -> gateway.part(EventStreams.class).streams() == 0);
    }

    @Test
    void who_leaves_takes_no_answer_of_another_along() {
        for (int i = 0; i < 150; i++) {
            EventClient leaving = EventClient.post(gateway.at("/graphql"), follow(ID));
            leaving.close();
            try (EventClient other = EventClient.post(gateway.at("/graphql"), "{ __typename }")) {
                other.expectNext("{\"data\":{\"__typename\":\"Query\"}}");
                other.expectComplete();
            }
        }
    }

    @Test
    void queries_and_mutations_are_one_result_and_its_end() {
        gateway.contacts().put(ID, "Ada\nLovelace");
        try (EventClient query =
                        EventClient.get(
                                gateway.at("/graphql"), "{ listContacts(count: 1) { name } }");
                EventClient mutation =
                        EventClient.post(
                                gateway.at("/graphql"),
                                "mutation { addContact(name: \"Bob\") { message } }")) {
            query.expectNext("{\"data\":{\"listContacts\":[{\"name\":\"Ada\\nLovelace\"}]}}");
            query.expectComplete();
            mutation.expectNext("{\"data\":{\"addContact\":{\"message\":\"Queued to add\"}}}");
            mutation.expectComplete();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subscription { nobody }",
                "subscription { commandUpdates { id } }",
                "subscription {",
                "subscription { commandUpdates(id: \"no id\") { id } }",
                "subscription { orderUpdates(id: \"no id\") { id } }",
                "{ listContacts(count: 0) { id } }",
                "{ a: __typename b: __typename @include(if: 7) }"
            })
    void what_is_refused_is_told_in_the_stream(String query) {
        try (EventClient client = EventClient.post(gateway.at("/graphql"), query)) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.next())
                    .startsWith("event: next|data: {\"errors\":[{\"message\":\"")
                    .contains("\"code\":\"BAD_USER_INPUT\"");
            client.expectComplete();
        }
    }

    @Test
    void limits_of_documents_hold_here_too() {
        String deep = "{ a: __schema " + "{ types { fields { type ".repeat(10) + "{ name }";
        try (EventClient client =
                EventClient.post(gateway.at("/graphql"), deep + " } } }".repeat(10).concat(" }"))) {
            assertThat(client.next()).contains("levels deep; at most");
            client.expectComplete();
        }
        try (EventClient client =
                EventClient.post(
                        gateway.at("/graphql"), "{ __typename } #" + "x".repeat(300_000))) {
            assertThat(client.status()).isEqualTo(413);
        }
    }

    @Test
    void a_stream_that_fails_says_why_and_is_over() {
        try (EventClient client = EventClient.post(gateway.at("/graphql"), follow(ID))) {
            await().until(() -> gateway.commands().followers() == 1);
            gateway.commands()
                    .fail(new WaybillException(ErrorCode.UNAVAILABLE, "the reader is away"));

            client.expectNext(
                    "{\"errors\":[{\"message\":\"the reader is away\",\"extensions\":{\"code\":\"UNAVAILABLE\"}}]}");
            client.expectComplete();
        }
    }

    @Test
    void a_get_never_runs_a_mutation() {
        String mutation = "mutation A { addContact(name: \"Ada\") { id } }";
        try (EventClient alone = EventClient.get(gateway.at("/graphql"), mutation);
                EventClient hidden =
                        EventClient.get(
                                gateway.at("/graphql"), "query Q { __typename } " + mutation)) {
            assertThat(alone.status()).isEqualTo(405);
            assertThat(alone.header("allow")).isEqualTo("POST");
            assertThat(hidden.status()).isEqualTo(405);
        }
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "other"})
    void a_get_never_runs_a_mutation_whatever_operation_it_names(String operation) {
        var answer =
                new HttpDoor(gateway.at("/graphql"))
                        .send(
                                HttpRequest.newBuilder(
                                                gateway.at(
                                                        "/graphql?query=mutation%20A%7BaddContact(name%3A%22Ada%22)%7Bid%7D%7D&operationName="
                                                                + operation))
                                        .header("Accept", "text/event-stream"));

        assertThat(answer.body()).contains("BAD_USER_INPUT");
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?query=",
                "?query=%7B__typename%7D&variables=%5B%5D",
                "?query=%7B__typename%7D&variables=7",
                "?query=%7B__typename%7D&extensions=x",
                "?query=%7B__typename%7D&query=%7B__typename%7D",
                "?query=%zz"
            })
    void an_address_that_holds_no_request_is_refused_with_a_sentence(String parameters) {
        var answer =
                new HttpDoor(gateway.at("/graphql"))
                        .send(
                                HttpRequest.newBuilder(
                                                gateway.at(
                                                        "/graphql"
                                                                + parameters.replace(
                                                                        "%zz", "%C3%28")))
                                        .header("Accept", "text/event-stream"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("BAD_USER_INPUT");
    }

    @Test
    void variables_and_the_name_of_the_operation_may_stand_in_the_address() {
        var answer =
                new HttpDoor(gateway.at("/graphql"))
                        .send(
                                HttpRequest.newBuilder(
                                                gateway.at(
                                                        "/graphql?query=query%20A%20%7Ba%3A__typename%7D%20query%20B(%24n%3AInt!)%20%7BlistContacts(count%3A%24n)%7Bid%7D%7D&operationName=B&variables=%7B%22n%22%3A1%7D&extensions="))
                                        .header("Accept", "text/event-stream"));

        assertThat(answer.body())
                .endsWith(
                        "event: next\ndata: {\"data\":{\"listContacts\":[]}}\n\nevent: complete\ndata: \n\n");
    }

    @Test
    void the_client_says_whether_it_takes_a_stream() {
        HttpDoor door = new HttpDoor(gateway.at("/graphql"));
        String query = "{\"query\": \"{ __typename }\"}";

        assertThat(door.post(query, "Accept", "application/json, text/event-stream").contentType())
                .startsWith("application/json");
        assertThat(
                        door.post(
                                        query,
                                        "Accept",
                                        "application/graphql-response+json, text/event-stream;q=0.5")
                                .contentType())
                .startsWith("application/graphql-response+json");
        try (EventClient client =
                EventClient.post(
                        gateway.at("/graphql"),
                        "{ __typename }",
                        "Accept",
                        "text/event-stream, application/json;q=0.9")) {
            client.expectNext("{\"data\":{\"__typename\":\"Query\"}}");
        }
    }

    @Test
    void everybody_follows_commands_of_their_own() {
        String token = "Bearer " + StandInGateway.TOKEN;
        String command =
                new HttpDoor(gateway.at("/graphql"))
                        .post(
                                "{\"query\": \"mutation { addContact(name: \\\"Ada\\\") { commandId } }\"}",
                                "Authorization",
                                token)
                        .data()
                        .path("addContact")
                        .path("commandId")
                        .asString();
        try (EventClient own =
                        EventClient.post(
                                gateway.at("/graphql"), follow(command), "Authorization", token);
                EventClient other = EventClient.post(gateway.at("/graphql"), follow(command));
                EventClient nobody =
                        EventClient.get(
                                gateway.at("/graphql"),
                                follow(command),
                                "Authorization",
                                "Bearer nobody")) {
            own.expectNext(status("PENDING"));
            assertThat(nobody.status()).isEqualTo(401);
            await().until(() -> other.comments() > 3);
            assertThat(other.hasReceivedNothing()).isTrue();
        }
    }

    private static String accepted() {
        return new HttpDoor(gateway.at("/graphql"))
                .execute("mutation { addContact(name: \"Ada\") { commandId } }")
                .data()
                .path("addContact")
                .path("commandId")
                .asString();
    }

    private static String follow(String command) {
        return "subscription { commandUpdates(id: \"%s\") { status } }".formatted(command);
    }

    private static String status(String status) {
        return "{\"data\":{\"commandUpdates\":{\"status\":\"%s\"}}}".formatted(status);
    }
}
