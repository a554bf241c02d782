package io.waybill.gateway.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.RawHttp;
import io.waybill.gateway.standin.StandInGateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** The rules of GraphQL over HTTP. */
class GraphQlOverHttpTest {

    private static final String QUERY = "{\"query\": \"{ listContacts(count: 1) { id } }\"}";
    private static final String MUTATION =
            "mutation%20%7B%20addContact(name%3A%20%22Ada%22)%20%7B%20id%20%7D%20%7D";

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
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | application/json;charset=UTF-8",
                "*/* | application/json;charset=UTF-8",
                "application/* | application/json;charset=UTF-8",
                "application/graphql-response+json | application/graphql-response+json;charset=UTF-8",
                "application/graphql-response+json, application/json;q=0.9 | application/graphql-response+json;charset=UTF-8",
                "application/graphql-response+json;q=0.1, application/json | application/json;charset=UTF-8",
                "text/html, application/json;q=0.5 | application/json;charset=UTF-8"
            })
    void the_client_says_in_which_form_it_takes_the_answer(String accept, String form) {
        var answer = door.post(QUERY, "Accept", accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualToIgnoringCase(form);
        assertThat(answer.json()).hasToString("{\"data\":{\"listContacts\":[]}}");
    }

    @Test
    void what_cannot_be_accepted_is_told_what_can() {
        var answer = door.post(QUERY, "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.message()).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain",
                "application/graphql",
                "application/json; charset=utf-16",
                ""
            })
    void only_json_in_utf_8_is_taken(String contentType) {
        var answer = door.post(QUERY, "Content-Type", contentType);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.message()).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void only_post_executes_anything(String method) {
        var answer =
                door.send(
                        HttpRequest.newBuilder(gateway.at("/graphql?query=" + MUTATION))
                                .method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("POST");
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    @Test
    void a_get_of_the_root_never_runs_a_mutation() {
        var answer = door.send(HttpRequest.newBuilder(gateway.at("/?query=" + MUTATION)));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "\"text\"",
                "null",
                "{}",
                "{\"query\": null}",
                "{\"query\": 7}",
                "{\"query\": \"  \"}",
                "{\"query\": \"{ __typename }\", \"variables\": 7}",
                "{\"query\": \"{ __typename }\", \"variables\": \"{}\"}",
                "{\"query\": \"{ __typename }\", \"variables\": []}",
                "{\"query\": \"{ __typename }\", \"operationName\": {}}",
                "{\"query\": \"{ __typename }\", \"extensions\": 0}",
                "{\"query\": \"{ __typename }\"} {\"query\": \"{ __typename }\"}",
                "[{\"query\": \"{ __typename }\"}]"
            })
    void what_is_no_request_is_refused_with_a_sentence(String body) {
        var answer = door.post(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.message()).isNotBlank().doesNotContain("tools.jackson");
    }

    @Test
    void a_key_that_is_given_twice_is_named() {
        var query = door.post("{\"query\": \"{ a }\", \"query\": \"{ __typename }\"}");
        var variable =
                door.post("{\"query\": \"{ __typename }\", \"variables\": {\"n\": 1, \"n\": 2}}");

        assertThat(query.status()).isEqualTo(400);
        assertThat(query.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(query.message())
                .isEqualTo("the request is not valid JSON: query is given twice");
        assertThat(variable.status()).isEqualTo(400);
        assertThat(variable.message()).endsWith("n is given twice");
    }

    @Test
    void a_batch_is_told_to_come_one_at_a_time() {
        assertThat(door.post("[" + QUERY + "," + QUERY + "]").message())
                .isEqualTo("batches are not supported: send one request at a time");
    }

    @Test
    void a_deeply_nested_variable_is_refused() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        var answer =
                door.post("{\"query\": \"{ __typename }\", \"variables\": {\"a\": " + deep + "}}");

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void a_body_announced_too_long_is_refused_before_it_is_read() {
        String answer =
                RawHttp.exchange(
                        gateway.port(),
                        """
                        POST /graphql HTTP/1.1\r
                        Host: localhost\r
                        Content-Type: application/json\r
                        Content-Length: 307200\r
                        \r
                        """);

        assertThat(answer).startsWith("HTTP/1.1 413").contains("262144 bytes");
    }

    @Test
    void a_chunked_body_is_refused_once_it_is_too_long() {
        StringBuilder request =
                new StringBuilder(
                        """
                        POST /graphql HTTP/1.1\r
                        Host: localhost\r
                        Content-Type: application/json\r
                        Transfer-Encoding: chunked\r
                        \r
                        """);
        for (int i = 0; i < 300; i++) {
            request.append("400\r\n").append(" ".repeat(0x400)).append("\r\n");
        }

        assertThat(RawHttp.exchange(gateway.port(), request.toString())).startsWith("HTTP/1.1 413");
    }

    @Test
    void who_sends_all_of_a_far_too_large_request_before_reading_hears_why_it_is_refused() {
        String body = QUERY + " ".repeat(5_000_000);
        String headers =
                """
                POST /graphql HTTP/1.1\r
                Host: localhost\r
                Content-Type: application/json\r
                """;
        String announced = "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
        String chunked =
                "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
                        .formatted(body.length(), body);

        assertThat(RawHttp.sentWhole(gateway.port(), headers + announced))
                .startsWith("HTTP/1.1 413")
                .contains("262144 bytes");
        assertThat(RawHttp.sentWhole(gateway.port(), headers + chunked))
                .startsWith("HTTP/1.1 413")
                .contains("262144 bytes");
    }

    @Test
    void
            who_asks_before_sending_a_far_too_large_request_is_refused_without_being_told_to_send_it() {
        String answer =
                RawHttp.exchange(
                        gateway.port(),
                        """
                        POST /graphql HTTP/1.1\r
                        Host: localhost\r
                        Content-Type: application/json\r
                        Content-Length: 5000000\r
                        Expect: 100-continue\r
                        \r
                        """);

        assertThat(answer).startsWith("HTTP/1.1 413").contains("262144 bytes");
    }

    @Test
    void a_body_of_the_longest_length_is_taken() {
        String padding = " ".repeat(256 * 1024 - QUERY.length());

        assertThat(door.post(QUERY + padding).status()).isEqualTo(200);
        assertThat(door.post(QUERY + padding + " ").status()).isEqualTo(413);
    }

    @Test
    void a_refused_document_is_a_400_in_the_form_that_has_statuses_and_a_200_in_the_older_one() {
        String unknownField = "{\"query\": \"{ nobody }\"}";

        assertThat(door.post(unknownField, "Accept", "application/json").status()).isEqualTo(200);
        assertThat(door.post(unknownField, "Accept", "application/graphql-response+json").status())
                .isEqualTo(400);
    }

    @Test
    void a_field_that_fails_leaves_the_status_alone() {
        var answer =
                door.post(
                        "{\"query\": \"mutation { addContact(name: \\\"\\\") { id } }\"}",
                        "Accept",
                        "application/graphql-response+json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data()).hasToString("{\"addContact\":null}");
    }

    @Test
    void a_subscription_is_sent_to_a_stream_or_the_websocket() {
        var answer =
                door.execute(
                        "subscription { commandUpdates(id: \"0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e\") { id } }");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("text/event-stream", "graphql-transport-ws");
        assertThat(gateway.commands().followers()).isZero();
    }

    @Test
    void answers_are_not_kept_by_caches_and_tell_browsers_to_be_careful() {
        var answer =
                door.send(
                        HttpRequest.newBuilder(gateway.at("/graphql"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(QUERY)));

        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().firstValue("server")).isEmpty();
    }
}
