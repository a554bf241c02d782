package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Garbage over MQTT 3.1.1 at QoS 0 is found among the dead letters and driven again, edited. */
@ExtendWith(OneWaybill.class)
class DeadLettersIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String LIST =
            """
            query ($topic: String, $from: DateTime, $to: DateTime) {
              deadLetters(topic: $topic, from: $from, to: $to) { nodes {
                commandId topic code reason payload payloadBytes json at
                redriveOf redrivenBy redriveApplied redrives } } }
            """;
    private static final String REDRIVE =
            """
            mutation ($id: String!, $payload: String, $key: String) {
              redriveDeadLetter(commandId: $id, payload: $payload, idempotencyKey: $key) {
                commandId id message } }
            """;

    private GraphQl graphQl;

    @BeforeEach
    void ask(RunningWaybill waybill) {
        graphQl = waybill.graphQl();
    }

    @Test
    void garbage_is_found_and_driven_again_edited(RunningWaybill waybill) throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        String mark = UUID.randomUUID().toString();
        publish(waybill, "CONTACT/ADD", "{\"nme\": \"" + mark + "\u202e\"");
        publish(waybill, "CONTACT/UPDATE", mark + "\0");

        JsonNode update = awaitLetter(Map.of("topic", "CONTACT/UPDATE"), mark);
        assertThat(update.path("payload").asString()).isEqualTo(mark + "\\x00");
        JsonNode letter =
                awaitLetter(Map.of("topic", "CONTACT/ADD", "from", before.toString()), mark);
        assertThat(times()).as("newest first").isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(letter.path("code").asString()).isEqualTo("UNDECODABLE");
        assertThat(letter.path("payload").asString())
                .isEqualTo("{\"nme\": \"" + mark + "\\xe2\\x80\\xae\"");
        assertThat(letter.path("json").isNull()).isTrue();
        assertThat(find(Map.of("to", before.toString()), mark)).isNull();
        JsonNode noTopic = graphQl.error("{ deadLetters(topic: \"NOPE\") { nodes { topic } } }");
        assertThat(noTopic.path("extensions").path("code").asString()).isEqualTo("BAD_USER_INPUT");
        assertThat(noTopic.path("extensions").path("field").asString()).isEqualTo("topic");
        assertThat(noTopic.path("message").asString())
                .startsWith("topic must be one of CONTACT/ADD, ");

        String id = letter.path("commandId").asString();
        assertThat(graphQl.command(id).path("status").asString()).isEqualTo("DEAD_LETTERED");
        JsonNode asItIs = error(id, null);
        assertThat(asItIs.path("extensions").path("field").asString()).isEqualTo("payload");
        assertThat(asItIs.path("message").asString()).contains("payload must be given, edited");
        JsonNode unknown = error(id, "{\"nme\": \"x\"}");
        assertThat(unknown.path("extensions").path("field").asString()).isEqualTo("payload.nme");

        JsonNode driven = redrive(id, "{\"name\": \"" + mark + "\"}");
        assertThat(driven.path("message").asString()).isEqualTo("Queued to add");
        String command = driven.path("commandId").asString();
        assertThat(redrive(id, "{\"name\": \"" + mark + "\"}").path("commandId").asString())
                .as("asked again while it is under way")
                .isEqualTo(command);
        awaitOutcome(command, "APPLIED");
        JsonNode seen =
                graphQl.data(
                        "query ($c: String!, $id: String!) { contact(id: $id, afterCommand: $c) { name } command(id: $c) { redriveOf } }",
                        Map.of("c", command, "id", driven.path("id").asString()));
        assertThat(seen.path("contact").path("name").asString()).isEqualTo(mark);
        assertThat(seen.path("command").path("redriveOf").asString()).isEqualTo(id);

        JsonNode after = awaitRedriven(Map.of("topic", "CONTACT/ADD"), mark);
        assertThat(after.path("redrivenBy").asString()).isEqualTo(command);
        assertThat(after.path("redriveApplied").asBoolean()).isTrue();
        assertThat(after.path("redrives").asInt()).isOne();
        assertThat(error(id, "{\"name\": \"twice\"}").path("extensions").path("code").asString())
                .isEqualTo("ILLEGAL_STATE");
    }

    @Test
    void a_redrive_that_is_refused_may_be_tried_otherwise(RunningWaybill waybill) throws Exception {
        String mark = UUID.randomUUID().toString();
        publish(waybill, "PAYMENT/WITHDRAW", "{" + mark);
        String id = awaitLetter(Map.of(), mark).path("commandId").asString();
        String customer =
                graphQl.data("mutation { addContact(name: \"Poor\") { id } }")
                        .path("addContact")
                        .path("id")
                        .asString();
        String withdraw =
                "{\"customer_id\": \"%s\", \"amount\": %%s, \"currency\": \"EUR\"}"
                        .formatted(customer);
        graphQl.data(
                "mutation ($c: String!) { deposit(customer_id: $c, amount: 5) { id } }",
                Map.of("c", customer));

        String tooMuch = redrive(id, withdraw.formatted("7")).path("commandId").asString();
        awaitOutcome(tooMuch, "REJECTED");
        JsonNode refused = awaitRedriven(Map.of(), mark);
        assertThat(refused.path("redrivenBy").asString()).isEqualTo(tooMuch);
        assertThat(refused.path("redriveApplied").asBoolean()).isFalse();

        String less = redrive(id, withdraw.formatted("3")).path("commandId").asString();
        assertThat(less).isNotEqualTo(tooMuch);
        awaitOutcome(less, "APPLIED");
    }

    @Test
    void a_step_that_an_order_does_not_wait_for_is_over() {
        Restaurant restaurant = Restaurant.open(graphQl, "AUTO", 5);
        String order = restaurant.order(restaurant.customer(1_000), 1);
        restaurant.awaitStatus(order, "APPROVED");

        String retry =
                restaurant.submit("retryStep(id: $id, step: \"TAKE_ITEMS\")", Map.of("id", order));

        assertThat(awaitOutcome(retry, "REJECTED").path("code").asString()).isEqualTo("SAGA_OVER");
        assertThat(graphQl.command(retry).path("message").asString())
                .endsWith("its saga is over and it is APPROVED");
    }

    private static void publish(RunningWaybill waybill, String topic, String payload)
            throws Exception {
        try (MqttClient older =
                new MqttClient(
                        "tcp://localhost:" + waybill.mqtt(),
                        "garbage-" + UUID.randomUUID(),
                        new MemoryPersistence())) {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
            older.connect(options);
            older.publish(topic, payload.getBytes(UTF_8), 0, false);
            older.disconnect();
        }
    }

    private JsonNode redrive(String letter, String payload) {
        return graphQl.data(REDRIVE, Map.of("id", letter, "payload", payload))
                .get("redriveDeadLetter");
    }

    private JsonNode error(String letter, String payload) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("id", letter);
        variables.put("payload", payload);
        return graphQl.run(REDRIVE, variables).path("errors").path(0);
    }

    private JsonNode awaitLetter(Map<String, Object> filter, String mark) {
        return await().atMost(SOON).until(() -> find(filter, mark), found -> found != null);
    }

    private List<Instant> times() {
        List<Instant> times = new ArrayList<>();
        for (JsonNode letter : graphQl.data(LIST).path("deadLetters").path("nodes")) {
            times.add(Instant.parse(letter.path("at").asString()));
        }
        return times;
    }

    private JsonNode awaitRedriven(Map<String, Object> filter, String mark) {
        return await().atMost(SOON)
                .until(() -> find(filter, mark), found -> found.path("redrives").asInt() > 0);
    }

    private JsonNode awaitOutcome(String command, String status) {
        return await().atMost(SOON)
                .until(
                        () -> graphQl.command(command),
                        seen -> seen.path("status").asString("").equals(status));
    }

    /** The first of the list whose payload holds the mark; null when there is none. */
    private JsonNode find(Map<String, Object> filter, String mark) {
        for (JsonNode letter : graphQl.data(LIST, filter).path("deadLetters").path("nodes")) {
            if (letter.path("payload").asString("").contains(mark)) {
                return letter;
            }
        }
        return null;
    }
}
