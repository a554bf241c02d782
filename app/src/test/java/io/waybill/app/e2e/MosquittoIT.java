package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.app.e2e.Launcher.Ended;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.UUID;

/** The command-line clients that everybody has. */
@ExtendWith(OneWaybill.class)
class MosquittoIT {

    @BeforeEach
    void needs_the_clients() {
        assumeTrue(
                Launcher.has("mosquitto_rr") && Launcher.has("mosquitto_pub"),
                "mosquitto_rr and mosquitto_pub are not installed (Debian: mosquitto-clients)");
    }

    @Test
    void a_request_gets_the_outcome_as_its_response(RunningWaybill waybill) throws Exception {
        Ended ended =
                Launcher.run(
                        new ProcessBuilder(
                                "mosquitto_rr",
                                "-p",
                                String.valueOf(waybill.mqtt()),
                                "-V",
                                "5",
                                "-W",
                                "20",
                                "-q",
                                "1",
                                "-t",
                                "CONTACT/ADD",
                                "-e",
                                "my/reply",
                                "-m",
                                "{\"name\":\"Ada\"}"));

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        JsonNode outcome = GraphQl.JSON.readTree(ended.out());
        assertThat(outcome.get("outcome").asString()).isEqualTo("APPLIED");
        assertThat(outcome.get("version").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv5", "mqttv311"})
    void a_published_command_is_applied(String version, RunningWaybill waybill) throws Exception {
        String name = "Published " + UUID.randomUUID();
        Ended ended =
                Launcher.run(
                        new ProcessBuilder(
                                "mosquitto_pub",
                                "-p",
                                String.valueOf(waybill.mqtt()),
                                "-V",
                                version,
                                "-t",
                                "CONTACT/ADD",
                                "-m",
                                "{\"name\":\"" + name + "\"}"));

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                waybill.graphQl()
                                        .data("{ listContacts(count: 1000) { name } }")
                                        .toString()
                                        .contains(name));
    }
}
