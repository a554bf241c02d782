package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.proto.contact.v1.AddContact;

import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;

/** Commands that other MQTT 5 clients publish themselves. */
@ExtendWith(OneWaybill.class)
class QueueIT {

    private static final int REFUSED_PAYLOAD = 0x99;

    @Test
    void json_on_the_topic_is_a_command_and_its_outcome_comes_back(RunningWaybill waybill)
            throws Exception {
        try (MqttFive client = new MqttFive(waybill.mqtt())) {
            String correlation = UUID.randomUUID().toString();
            MqttMessage command =
                    client.command(
                            "{\"name\": \"Ada\", \"email\": \"ada@example.org\"}".getBytes(UTF_8),
                            1);
            command.getProperties().setCorrelationData(correlation.getBytes(UTF_8));

            client.publish("CONTACT/ADD", command);
            MqttMessage answer = client.outcome();
            JsonNode outcome = json(answer);

            assertThat(outcome.get("outcome").asString()).isEqualTo("APPLIED");
            assertThat(new String(answer.getProperties().getCorrelationData(), UTF_8))
                    .isEqualTo(correlation);
            JsonNode contact = contact(waybill, outcome.get("id").asString());
            assertThat(contact.get("name").asString()).isEqualTo("Ada");
            assertThat(contact.get("email").asString()).isEqualTo("ada@example.org");

            client.publish("CONTACT/ADD", command);
            assertThat(json(client.outcome())).as("the same again").isEqualTo(outcome);
        }
    }

    @Test
    void protobuf_on_the_topic_is_a_command_at_every_quality_of_service(RunningWaybill waybill)
            throws Exception {
        try (MqttFive client = new MqttFive(waybill.mqtt())) {
            for (int qos = 0; qos <= 2; qos++) {
                byte[] payload =
                        AddContact.newBuilder().setName("Grace " + qos).build().toByteArray();
                client.publish("CONTACT/ADD", client.command(payload, qos));

                JsonNode outcome = json(client.outcome());
                assertThat(outcome.get("outcome").asString()).isEqualTo("APPLIED");
                assertThat(contact(waybill, outcome.get("id").asString()).get("name").asString())
                        .isEqualTo("Grace " + qos);
            }
        }
    }

    @Test
    void garbage_is_refused_with_a_reason_and_the_next_message_is_handled(RunningWaybill waybill)
            throws Exception {
        try (MqttFive client = new MqttFive(waybill.mqtt())) {
            for (String garbage : new String[] {"\u0001\u0002garbage", "{\"nme\": \"x\"}", "{}"}) {
                assertThat(
                                client.publish(
                                        "CONTACT/ADD", client.command(garbage.getBytes(UTF_8), 1)))
                        .as(garbage)
                        .isEqualTo(REFUSED_PAYLOAD);
            }
            assertThat(client.connected()).isTrue();

            client.publish(
                    "CONTACT/ADD", client.command("{\"name\": \"Next\"}".getBytes(UTF_8), 1));
            assertThat(json(client.outcome()).get("outcome").asString()).isEqualTo("APPLIED");
        }
    }

    @Test
    void a_refusal_comes_back_with_its_code(RunningWaybill waybill) throws Exception {
        try (MqttFive client = new MqttFive(waybill.mqtt())) {
            String id = UUID.randomUUID().toString();
            client.publish(
                    "CONTACT/UPDATE",
                    client.command(
                            "{\"id\": \"%s\", \"name\": \"Nobody\"}".formatted(id).getBytes(UTF_8),
                            1));

            JsonNode outcome = json(client.outcome());
            assertThat(outcome.get("outcome").asString()).isEqualTo("REJECTED");
            assertThat(outcome.get("code").asString()).isEqualTo("NOT_FOUND");
            assertThat(outcome.get("message").asString())
                    .isEqualTo("contact with id " + id + " not found");
        }
    }

    @Test
    void anonymous_is_one_principal_at_both_doors(RunningWaybill waybill) throws Exception {
        try (MqttFive client = new MqttFive(waybill.mqtt())) {
            String key = UUID.randomUUID().toString();
            JsonNode queued =
                    waybill.graphQl()
                            .data(
                                    "mutation { addContact(name: \"Edsger\", idempotencyKey: \"%s\") { commandId id } }"
                                            .formatted(key))
                            .get("addContact");

            JsonNode same = outcome(client, key, "{\"name\": \" Edsger \"}");
            assertThat(same.get("outcome").asString()).isEqualTo("APPLIED");
            assertThat(same.get("commandId")).isEqualTo(queued.get("commandId"));
            assertThat(same.get("id")).isEqualTo(queued.get("id"));

            JsonNode other = outcome(client, key, "{\"name\": \"Another\"}");
            assertThat(other.get("code").asString()).isEqualTo("IDEMPOTENCY_KEY_REUSED");

            JsonNode mine = outcome(client, UUID.randomUUID().toString(), "{\"name\": \"Ada\"}");
            String commandId = mine.get("commandId").asString();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    waybill.graphQl()
                                                            .command(commandId)
                                                            .get("status")
                                                            .asString())
                                            .isEqualTo("APPLIED"));
        }
    }

    @Test
    void what_cannot_be_refused_comes_back_as_an_outcome(RunningWaybill waybill) throws Exception {
        try (MqttFive client = new MqttFive(waybill.mqtt())) {
            client.publish("CONTACT/ADD", client.command("{garbage".getBytes(UTF_8), 0));
            JsonNode undecodable = json(client.outcome());
            assertThat(undecodable.get("outcome").asString()).isEqualTo("DEAD_LETTERED");
            assertThat(undecodable.get("code").asString()).isEqualTo("UNDECODABLE");

            client.publish("CONTACT/ADD", client.command(new byte[0], 0));
            JsonNode invalid = json(client.outcome());
            assertThat(invalid.get("outcome").asString()).isEqualTo("REJECTED");
            assertThat(invalid.get("code").asString()).isEqualTo("BAD_USER_INPUT");
            assertThat(invalid.get("field").asString()).isEqualTo("name");
        }
    }

    @Test
    void correlation_data_and_response_topics_of_any_length_come_back(RunningWaybill waybill)
            throws Exception {
        String longest = ("replies/" + UUID.randomUUID() + "/").concat("r".repeat(1_024));
        try (MqttFive client = new MqttFive(waybill.mqtt(), longest.substring(0, 1_024))) {
            for (int length : new int[] {1, 16, 36, 1_000, 16 * 1024}) {
                byte[] correlation = new byte[length];
                Arrays.fill(correlation, (byte) 0x8f);
                MqttMessage command =
                        client.command("{\"name\": \"Barbara\"}".getBytes(UTF_8), length % 3);
                command.getProperties().setCorrelationData(correlation);
                client.publish("CONTACT/ADD", command);

                MqttMessage answer = client.outcome();
                assertThat(json(answer).get("outcome").asString()).isEqualTo("APPLIED");
                assertThat(answer.getProperties().getCorrelationData()).isEqualTo(correlation);
            }
        }
    }

    private static JsonNode outcome(MqttFive client, String key, String json) throws Exception {
        MqttMessage command = client.command(json.getBytes(UTF_8), 1);
        command.getProperties().setCorrelationData(key.getBytes(UTF_8));
        client.publish("CONTACT/ADD", command);
        return json(client.outcome());
    }

    private static JsonNode contact(RunningWaybill waybill, String id) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                waybill.graphQl()
                                        .data(
                                                "{ contact(id: \"%s\") { name email } }"
                                                        .formatted(id))
                                        .get("contact"),
                        contact -> !contact.isNull());
    }

    private static JsonNode json(MqttMessage message) {
        return GraphQl.JSON.readTree(message.getPayload());
    }
}
