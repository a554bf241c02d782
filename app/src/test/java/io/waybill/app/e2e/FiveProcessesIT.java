package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.identity.Role;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * The five roles as five processes: started in reverse order, and each killed while hundreds are
 * pending.
 */
class FiveProcessesIT {

    private static final Ledger LEDGER = new Ledger();
    private static FiveProcesses five;

    @BeforeAll
    static void start_in_reverse_order() {
        five = new FiveProcesses(Folders.fresh("five"), "1s");
        five.start(List.of(Role.GATEWAY, Role.READER, Role.WRITER, Role.DATABASE, Role.BROKER));
    }

    @AfterAll
    static void stop_all() {
        for (Role role :
                List.of(Role.GATEWAY, Role.WRITER, Role.READER, Role.DATABASE, Role.BROKER)) {
            assertThat(five.of(role).terminate()).as(five.of(role).output()).isZero();
        }
        five.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_role_killed_with_hundreds_pending_loses_nothing(Role role) throws Exception {
        try (Load load = Load.start(five.graphQl(), LEDGER, 40, 15)) {
            load.awaitAccepted(LEDGER.size() + 250);
            five.of(role).kill();
            five.of(role).launch().awaitReady();
            load.finish();
        }
        LEDGER.awaitOutcomes(five.graphQl(), Duration.ofSeconds(90));
        LEDGER.mustEqual(
                EventLogReader.read(
                        five.of(Role.DATABASE).database(), five.of(Role.DATABASE).data()));
    }

    @Test
    void a_role_without_the_gateway_shows_its_health_at_a_port_of_its_own() throws Exception {
        for (Role role : List.of(Role.BROKER, Role.DATABASE, Role.WRITER, Role.READER)) {
            JsonNode ready = five.of(role).ready();
            assertThat(ready.get("http").isNull()).isTrue();
            JsonNode health =
                    GraphQl.JSON.readTree(
                            new GraphQl(ready.get("management").asInt())
                                    .get("/actuator/health")
                                    .body());
            assertThat(health.get("status").asString()).isEqualTo("UP");
            assertThat(health.get("components").propertyNames()).containsExactly(role.label());
            HttpResponse<String> nothing =
                    new GraphQl(ready.get("management").asInt()).get("/nowhere");
            assertThat(nothing.statusCode()).isEqualTo(404);
            assertThat(nothing.headers().firstValue("content-type"))
                    .contains("application/problem+json");
            assertThat(nothing.body()).contains("The health is at /actuator/health");
        }
        assertThat(five.of(Role.GATEWAY).ready().get("management").isNull()).isTrue();
    }
}
