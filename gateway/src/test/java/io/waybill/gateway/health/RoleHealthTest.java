package io.waybill.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.StandInGateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpRequest;

class RoleHealthTest {

    private static StandInGateway gateway;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        gateway = StandInGateway.start();
        door = new HttpDoor(gateway.at("/"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void each_role_has_an_entry_with_a_sentence_and_one_that_is_down_takes_the_whole_down() {
        var answer = door.send(HttpRequest.newBuilder(gateway.at("/actuator/health")));
        var health = JsonMapper.shared().readTree(answer.body());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(health.path("status").asString()).isEqualTo("DOWN");
        assertThat(health.path("components"))
                .hasToString(
                        "{\"database\":{\"details\":{\"detail\":\"waits for its disk\"},\"status\":\"DOWN\"},\"writer\":{\"details\":{\"detail\":\"all is well\",\"warnings\":[\"it rains\"]},\"status\":\"UP\"}}");
    }

    @Test
    void metrics_are_there() {
        assertThat(door.send(HttpRequest.newBuilder(gateway.at("/actuator/metrics"))).body())
                .contains("jvm.memory.used");
        new HttpDoor(gateway.at("/")).execute("{ __typename }");
        await().untilAsserted(
                        () ->
                                assertThat(
                                                door.send(
                                                                HttpRequest.newBuilder(
                                                                        gateway.at(
                                                                                "/actuator/metrics/http.server.requests?tag=uri:/graphql")))
                                                        .body())
                                        .contains("\"COUNT\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/env", "/beans", "/heapdump", "/loggers", "/shutdown", "/configprops"})
    void nothing_else_of_the_management_is_open(String path) {
        assertThat(door.send(HttpRequest.newBuilder(gateway.at("/actuator" + path))).statusCode())
                .isEqualTo(404);
    }
}
