package io.waybill.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.SocketClient;
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
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** GraphQL over WebSocket: following commands, and every way to break the protocol. */
class GraphQlSocketsTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final SocketLimits LIMITS =
            new SocketLimits(20, 3, 256 * 1024, Duration.ofSeconds(5), Duration.ofSeconds(20));

    private static StandInGateway gateway;

    @BeforeAll
    static void start() {
        gateway = StandInGateway.start(StandInGateway.settings(LIMITS, Duration.ofSeconds(5)));
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
    void a_command_is_followed_from_pending_to_its_outcome(String path) {
        String command = accepted();
        try (SocketClient client = SocketClient.openAt(gateway, path, "graphql-transport-ws")) {
            client.send("{\"type\": \"connection_init\", \"payload\": {}}");
            client.expect("{\"type\":\"connection_ack\"}");
            client.subscribe("1", follow(command));
            client.expect(next("1", "PENDING"));

            gateway.commands()
                    .decide(Principal.ANONYMOUS, command, OutcomeKind.OUTCOME_KIND_APPLIED, "");

            client.expect(next("1", "APPLIED"));
            client.expect("{\"id\":\"1\",\"type\":\"complete\"}");
        }
    }

    @Test
    void a_command_that_is_decided_already_is_told_at_once() {
        String command = accepted();
        gateway.commands()
                .decide(Principal.ANONYMOUS, command, OutcomeKind.OUTCOME_KIND_EXPIRED, "");
        try (SocketClient client = SocketClient.greeted(gateway)) {
            client.subscribe("a", follow(command));
            client.expect(next("a", "EXPIRED"));
            client.expect("{\"id\":\"a\",\"type\":\"complete\"}");

            client.subscribe("a", follow(command));
            client.expect(next("a", "EXPIRED"));
        }
    }

    @Test
    void an_unknown_command_is_followed_until_it_is_known_and_stopped_when_the_client_says_so() {
        try (SocketClient client = SocketClient.greeted(gateway)) {
            client.subscribe("1", follow(ID));
            await().until(() -> gateway.commands().followers() == 1);

            client.send("{\"type\": \"complete\", \"id\": \"1\"}");
            await().until(() -> gateway.commands().followers() == 0);

            client.send("{\"type\": \"ping\"}").expect("{\"type\":\"pong\"}");
            assertThat(client.hasReceivedNothing()).isTrue();
        }
    }

    @Test
    void whoever_leaves_follows_nothing_any_more() {
        SocketClient client = SocketClient.greeted(gateway);
        client.subscribe("1", follow(ID));
        client.subscribe("2", follow(ID));
        await().until(() -> gateway.commands().followers() == 2);

        client.abort();

        await().until(() -> gateway.commands().followers() == 0);
    }

    @Test
    void queries_and_mutations_run_over_it_too() {
        gateway.contacts().put(ID, "Ada");
        try (SocketClient client = SocketClient.greeted(gateway)) {
            client.subscribe("q", "{ listContacts(count: 1) { name } }");
            client.expect(
                    "{\"id\":\"q\",\"type\":\"next\",\"payload\":{\"data\":{\"listContacts\":[{\"name\":\"Ada\"}]}}}");
            client.expect("{\"id\":\"q\",\"type\":\"complete\"}");
            client.subscribe("m", "mutation { addContact(name: \"Bob\") { message } }");
            client.expect(
                    "{\"id\":\"m\",\"type\":\"next\",\"payload\":{\"data\":{\"addContact\":{\"message\":\"Queued to add\"}}}}");
        }
    }

    @Test
    void what_is_refused_ends_with_an_error_and_the_connection_goes_on() {
        try (SocketClient client = SocketClient.greeted(gateway)) {
            client.subscribe("1", "subscription { commandUpdates { id } }");
            var missing = client.next();
            client.subscribe("2", "subscription { commandUpdates(id: \"no id\") { id } }");
            var malformed = client.next();
            client.subscribe("3", follow(ID));
            await().until(() -> gateway.commands().followers() == 1);
            gateway.commands()
                    .fail(new WaybillException(ErrorCode.UNAVAILABLE, "the gateway stops"));
            var failed = client.next();

            assertThat(missing.path("type").asString()).isEqualTo("error");
            assertThat(missing.path("payload").path(0).path("extensions"))
                    .hasToString("{\"code\":\"BAD_USER_INPUT\",\"field\":\"id\"}");
            assertThat(malformed.toString())
                    .contains("BAD_USER_INPUT")
                    .contains("\"field\":\"id\"");
            assertThat(failed)
                    .hasToString(
                            "{\"id\":\"3\",\"type\":\"error\",\"payload\":[{\"message\":\"the gateway stops\",\"extensions\":{\"code\":\"UNAVAILABLE\"}}]}");
            client.send("{\"type\": \"ping\"}").expect("{\"type\":\"pong\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"type\": \"unknown\"}",
                "{\"type\": 7}",
                "{\"type\": \"start\", \"id\": \"1\"}",
                "{\"type\": \"subscribe\", \"payload\": {\"query\": \"{ __typename }\"}}",
                "{\"type\": \"subscribe\", \"id\": \"\", \"payload\": {\"query\": \"{ __typename }\"}}",
                "{\"type\": \"subscribe\", \"id\": \"1\"}",
                "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": {\"query\": 7}}",
                "{\"type\": \"complete\"}",
                "{\"type\": \"ping\", \"payload\": 7}",
                "{\"type\": \"connection_init\", \"payload\": \"x\"}"
            })
    void a_malformed_message_closes_with_4400(String message) {
        try (SocketClient client = SocketClient.greeted(gateway)) {
            client.send(message);

            assertThat(client.closed().code()).isEqualTo(4400);
        }
    }

    @Test
    void a_binary_message_closes_with_4400() {
        try (SocketClient client = SocketClient.greeted(gateway)) {
            client.sendBinary(new byte[] {1, 2, 3});

            assertThat(client.closed().code()).isEqualTo(4400);
        }
    }

    @Test
    void subscribing_before_the_greeting_closes_with_4401() {
        try (SocketClient client = SocketClient.open(gateway)) {
            client.subscribe("1", "{ __typename }");

            assertThat(client.closed()).isEqualTo(new SocketClient.Closed(4401, "Unauthorized"));
        }
    }

    @Test
    void a_missing_or_unknown_subprotocol_closes_with_4406() {
        try (SocketClient none = SocketClient.openAt(gateway, "/graphql", null);
                SocketClient old = SocketClient.openAt(gateway, "/graphql", "graphql-ws")) {
            assertThat(none.closed().code()).isEqualTo(4406);
            assertThat(old.closed().reason()).contains("graphql-transport-ws");
        }
    }

    @Test
    void no_greeting_in_time_closes_with_4408() {
        try (SocketClient client = SocketClient.open(gateway)) {
            assertThat(client.closed())
                    .isEqualTo(new SocketClient.Closed(4408, "Connection initialisation timeout"));
        }
    }

    @Test
    void an_id_in_use_closes_with_4409() {
        try (SocketClient client = SocketClient.greeted(gateway)) {
            client.subscribe("same", follow(ID));
            client.subscribe("same", "{ __typename }");

            assertThat(client.closed())
                    .isEqualTo(new SocketClient.Closed(4409, "Subscriber for same already exists"));
        }
    }

    @Test
    void a_second_greeting_closes_with_4429() {
        try (SocketClient client = SocketClient.greeted(gateway)) {
            client.send("{\"type\": \"connection_init\"}");

            assertThat(client.closed().code()).isEqualTo(4429);
        }
    }

    @Test
    void a_long_message_is_taken_in_parts_and_one_too_long_closes_with_1009() {
        try (SocketClient client = SocketClient.greeted(gateway)) {
            client.subscribe("1", "{ __typename } #" + "x".repeat(200_000));
            client.expect(
                    "{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"__typename\":\"Query\"}}}");
            client.expect("{\"id\":\"1\",\"type\":\"complete\"}");

            client.subscribe("2", "{ __typename } #" + "x".repeat(300_000));
            assertThat(client.closed().code()).isEqualTo(1009);
        }
    }

    @Test
    void one_connection_may_run_so_many_operations_and_no_more() {
        gateway.contacts().answersAfter(CompletableFuture::new);
        try (SocketClient client = SocketClient.greeted(gateway)) {
            for (int i = 0; i < LIMITS.operations(); i++) {
                client.subscribe("s" + i, follow(ID));
            }
            client.subscribe("more", "{ __typename }");

            var refused = client.next();
            assertThat(refused.path("id").asString()).isEqualTo("more");
            assertThat(refused.toString()).contains("RESOURCE_EXHAUSTED");

            client.send("{\"type\": \"complete\", \"id\": \"s0\"}");
            client.subscribe("more", "{ __typename }");
            assertThat(client.next().path("type").asString()).isEqualTo("next");
        }
    }

    @Test
    void the_token_may_come_with_the_handshake_or_with_the_greeting() {
        String command =
                new HttpDoor(gateway.at("/graphql"))
                        .post(
                                "{\"query\": \"mutation { addContact(name: \\\"Ada\\\") { commandId } }\"}",
                                "Authorization",
                                "Bearer " + StandInGateway.TOKEN)
                        .data()
                        .path("addContact")
                        .path("commandId")
                        .asString();
        try (SocketClient handshake =
                        SocketClient.open(
                                gateway, "Authorization", "Bearer " + StandInGateway.TOKEN);
                SocketClient greeting = SocketClient.open(gateway)) {
            handshake.send("{\"type\": \"connection_init\"}").next();
            greeting.send(
                            "{\"type\": \"connection_init\", \"payload\": {\"authorization\": \"Bearer %s\"}}"
                                    .formatted(StandInGateway.TOKEN))
                    .next();
            for (SocketClient client : new SocketClient[] {handshake, greeting}) {
                client.subscribe("1", follow(command));
                client.expect(next("1", "PENDING"));
            }
        }
    }

    @Test
    void a_wrong_token_is_refused_in_either_place() {
        try (SocketClient client = SocketClient.open(gateway)) {
            client.send(
                    "{\"type\": \"connection_init\", \"payload\": {\"Authorization\": \"Bearer nobody\"}}");

            assertThat(client.closed().code()).isEqualTo(4401);
        }
        assertThatThrownBy(() -> SocketClient.open(gateway, "Authorization", "Bearer nobody"))
                .hasMessageContaining("WebSocketHandshakeException");
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

    private static String next(String id, String status) {
        return "{\"id\":\"%s\",\"type\":\"next\",\"payload\":{\"data\":{\"commandUpdates\":{\"status\":\"%s\"}}}}"
                .formatted(id, status);
    }
}
