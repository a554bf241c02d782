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
        Ended ended = request(waybill, 1, 20, "{\"name\":\"Ada\"}");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        JsonNode outcome = GraphQl.JSON.readTree(ended.out());
        assertThat(outcome.get("outcome").asString()).isEqualTo("APPLIED");
        assertThat(outcome.get("version").asInt()).isEqualTo(1);
    }

    /** It does not look at the reason code of the PUBACK, as the README says. */
    @Test
    void a_refused_request_is_told_of_at_quality_of_service_0_and_times_out_at_1(
            RunningWaybill waybill) throws Exception {
        Ended answered = request(waybill, 0, 20, "{\"name\":\"\"}");
        Ended refused = request(waybill, 1, 1, "{\"name\":\"\"}");

        assertThat(answered.out()).contains("\"outcome\":\"REJECTED\"", "\"field\":\"name\"");
        assertThat(refused.out() + refused.err()).contains("Timed out").doesNotContain("REJECTED");
    }

    private static Ended request(RunningWaybill waybill, int qos, int seconds, String payload)
            throws Exception {
        return Launcher.run(
                new ProcessBuilder(
                        "mosquitto_rr",
                        "-p",
                        String.valueOf(waybill.mqtt()),
                        "-V",
                        "5",
                        "-W",
                        String.valueOf(seconds),
                        "-q",
                        String.valueOf(qos),
                        "-t",
                        "CONTACT/ADD",
                        "-e",
                        "my/reply",
                        "-m",
                        payload));
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
