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
