package io.waybill.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.standin.RawHttp;
import io.waybill.gateway.standin.StandInGateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every request, whatever it asks for. */
class DoorTest {

    private static final String BODY = "{\"query\": \"{ __typename }\"}";

    private static StandInGateway gateway;

    @BeforeAll
    static void start() {
        gateway = StandInGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "127.0.0.1:1",
                "127.1.2.3",
                "[::1]:8080",
                "tenant.localhost",
                "waybill.example",
                "waybill.example.:443"
            })
    void loopback_and_named_hosts_are_answered_to(String host) {
        assertThat(post("/graphql", "Host: " + host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example",
                "localhost.rebound.example",
                "127.0.0.1.rebound.example",
                "notlocalhost",
                "10.0.0.1",
                "[fe80::1]",
                "user@localhost",
                "localhost, waybill.example"
            })
    void foreign_hosts_are_refused_everywhere(String host) {
        for (String path :
                new String[] {"/graphql", "/", "/actuator/health", "/playground/react.js"}) {
            String answer = post(path, "Host: " + host);

            // Tomcat itself refuses what is no host name at all
            assertThat(answer).matches("(?s)HTTP/1.1 (403|400).*").doesNotContain("__typename");
        }
        assertThat(post("/graphql", "Host: rebound.example"))
                .contains("application/problem+json")
                .contains("waybill.allowed-hosts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /% HTTP/1.1\r\nHost: localhost",
                "GET /%zz HTTP/1.1\r\nHost: localhost",
                "GET /a\\b HTTP/1.1\r\nHost: localhost",
                "GET /%00 HTTP/1.1\r\nHost: localhost",
                "GET /a%2fb HTTP/1.1\r\nHost: localhost",
                "GET /../.. HTTP/1.1\r\nHost: localhost",
                "GET /<> HTTP/1.1\r\nHost: localhost",
                "GET / HTTP/1.1\r\nHost: user@localhost",
                "GET / HTTP/1.1\r\nHost: a b",
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost",
                "GET / HTTP/1.1",
                "GET / HTTP/1.1\r\nHost: localhost\r\nno colon",
                "G(T / HTTP/1.1\r\nHost: localhost"
            })
    void what_is_malformed_is_told_so_without_a_page_of_the_servers_own(String request) {
        String answer = RawHttp.exchange(gateway.port(), request + "\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("Content-Type: application/problem+json")
                .contains("\"status\":400", "\"title\":\"The request is malformed\"")
                .contains("X-Content-Type-Options: nosniff")
                .doesNotContainIgnoringCase("tomcat")
                .doesNotContainIgnoringCase("<html")
                .doesNotContainIgnoringCase("exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "a%5Cb"})
    void a_name_with_a_slash_in_an_address_is_told_that_it_is_not_taken(String code) {
        assertThat(raw("PUT /api/restaurants/1/items/" + code + " HTTP/1.1\r\nHost: localhost"))
                .startsWith("HTTP/1.1 400")
                .contains("a slash or a backslash (%2F, %5C), which is not taken there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/error",
                "/actuator",
                "/actuator/env",
                "/playground/nothing.js"
            })
    void what_is_not_here_is_told_where_something_is(String path) {
        String answer =
                RawHttp.exchange(
                        gateway.port(),
                        "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n"
                                .formatted(path));

        assertThat(answer)
                .startsWith("HTTP/1.1 404")
                .contains("Content-Type: application/problem+json")
                .contains("\"status\":404")
                .contains("GraphQL is at /graphql, the playground at /");
    }

    @Test
    void other_refusals_are_problem_details_too() {
        assertThat(raw("DELETE /actuator/health HTTP/1.1\r\nHost: localhost"))
                .startsWith("HTTP/1.1 405")
                .contains("Content-Type: application/problem+json");
        assertThat(raw("TRACE / HTTP/1.1\r\nHost: localhost"))
                .startsWith("HTTP/1.1 405")
                .contains("Content-Type: application/");
        assertThat(raw("GET / HTTP/9.9\r\nHost: localhost"))
                .startsWith("HTTP/1.1 505")
                .contains("Content-Type: application/problem+json");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 4")
                .contains("Content-Type: application/problem+json");
    }

    private static String raw(String request) {
        return RawHttp.exchange(gateway.port(), request + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost:9",
                "https://localhost:8080.evil.example",
                "chrome-extension://abc",
                "http://localhost:8080/",
                ""
            })
    void pages_of_another_origin_are_refused(String origin) {
        String answer = post("/graphql", "Host: localhost:8080", "Origin: " + origin);

        assertThat(answer).startsWith("HTTP/1.1 403").contains("own pages only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://LOCALHOST:8080"})
    void pages_of_its_own_are_served(String origin) {
        assertThat(post("/graphql", "Host: localhost:8080", "Origin: " + origin))
                .startsWith("HTTP/1.1 200")
                .doesNotContainIgnoringCase("access-control-allow");
    }

    @Test
    void the_usual_ports_need_not_be_named() {
        assertThat(post("/graphql", "Host: waybill.example", "Origin: https://waybill.example"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void a_websocket_of_another_origin_is_refused() {
        String answer =
                RawHttp.exchange(
                        gateway.port(),
                        """
                        GET /graphql HTTP/1.1\r
                        Host: localhost\r
                        Origin: http://evil.example\r
                        Connection: Upgrade\r
                        Upgrade: websocket\r
                        Sec-WebSocket-Version: 13\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        Sec-WebSocket-Protocol: graphql-transport-ws\r
                        \r
                        """);

        assertThat(answer).startsWith("HTTP/1.1 403");
    }

    @Test
    void every_answer_carries_the_security_headers() {
        for (String path : new String[] {"/graphql", "/nowhere", "/actuator/health"}) {
            assertThat(post(path, "Host: localhost"))
                    .contains("Content-Security-Policy: default-src 'none'")
                    .contains("frame-ancestors 'none'")
                    .contains("X-Content-Type-Options: nosniff")
                    .contains("Referrer-Policy: no-referrer");
        }
    }

    @Test
    void a_preflight_gets_no_permission() {
        String answer =
                RawHttp.exchange(
                        gateway.port(),
                        """
                        OPTIONS /graphql HTTP/1.1\r
                        Host: localhost\r
                        Origin: http://evil.example\r
                        Access-Control-Request-Method: POST\r
                        Access-Control-Request-Headers: content-type\r
                        \r
                        """);

        assertThat(answer)
                .startsWith("HTTP/1.1 403")
                .doesNotContainIgnoringCase("access-control-allow");
    }

    private static String post(String path, String... headers) {
        return RawHttp.exchange(
                gateway.port(),
                "POST %s HTTP/1.1\r\n%s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(path, String.join("\r\n", headers), BODY.length(), BODY));
    }
}
