package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What happens, as it is told over MQTT and over a subscription, in the whole system. */
class EventsIT {

    private static RunningWaybill waybill;
    private static GraphQl graphQl;

    @BeforeAll
    static void start() {
        waybill = RunningWaybill.start(Folders.fresh("events"), "--delay=0s");
        graphQl = waybill.graphQl();
    }

    @AfterAll
    static void stop() {
        assertThat(waybill.terminate()).as(waybill.output()).isZero();
        waybill.close();
    }

    @Test
    void an_order_is_followed_over_mqtt_and_over_a_subscription() throws Exception {
        try (EventListener events = new EventListener(waybill.mqtt())) {
            Restaurant restaurant = Restaurant.open(graphQl, "MANUAL", 5);
            String customer = restaurant.customer(1_000);
            String order = orderOverMqtt(customer, restaurant);
            restaurant.awaitPhase(order, "REVIEW_OPEN");
            try (Subscription updates =
                    Subscription.to(
                            graphQl,
                            "subscription ($id: String!) { orderUpdates(id: $id)"
                                    + " { id status saga { phase } } }",
                            Map.of("id", order))) {
                assertThat(updates.next("next").toString()).contains("PENDING", "REVIEW_OPEN");
                restaurant.submit("cancelOrder(id: $id)", Map.of("id", order));
                String last = "";
                while (!last.contains("CANCELLED")) {
                    last = updates.next("next").toString();
                }
                updates.next("complete");
            }

            await().atMost(Restaurant.SOON)
                    .until(() -> events.topics("EVENT/ORDER/").contains("EVENT/ORDER/CANCELLED"));
            assertThat(events.topics("EVENT/ORDER/"))
                    .containsSubsequence(
                            "EVENT/ORDER/CREATED",
                            "EVENT/ORDER/CUSTOMER_AUTHORIZED",
                            "EVENT/ORDER/PAYMENT_DEBITED",
                            "EVENT/ORDER/REVIEW_REQUESTED",
                            "EVENT/ORDER/PAYMENT_VOIDED",
                            "EVENT/ORDER/CANCELLED");
            List<Long> sequences = events.numbers("EVENT/ORDER/", "sequence");
            for (int i = 0; i < sequences.size(); i++) {
                assertThat(sequences.get(i)).isEqualTo(sequences.getFirst() + i);
            }
            assertThat(events.numbers("EVENT/ORDER/", "position")).isSorted();
            assertThat(events.topics("EVENT/COMMAND")).isEmpty();
            await().atMost(Restaurant.SOON)
                    .until(
                            () ->
                                    events.retained("EVENT/ORDER/SEQUENCE/0")
                                            .contains("\"" + sequences.getLast() + "\""));
        }
    }

    @Test
    void a_contact_is_told_when_it_changes_without_what_is_personal_on_the_queue()
            throws Exception {
        try (EventListener events = new EventListener(waybill.mqtt());
                Subscription changes =
                        Subscription.to(
                                graphQl,
                                "subscription { contactChanges { id contact { name } } }",
                                Map.of())) {
            // Whether it is subscribed shows only in what it is told.
            await().atMost(Restaurant.SOON)
                    .until(
                            () -> {
                                graphQl.data("mutation { addContact(name: \"Ada\") { id } }");
                                return changes.hears("Ada");
                            });
            assertThat(events.awaitFirst("EVENT/CONTACT/ADDED"))
                    .extracting(EventsIT::text)
                    .asString()
                    .contains("\"id\"")
                    .doesNotContain("Ada");
        }
    }

    @Test
    void the_document_of_all_topics_is_served() throws Exception {
        assertThat(graphQl.get("/asyncapi.yaml").body())
                .startsWith("asyncapi: 3.0.0")
                .contains("EVENT/ORDER/CREATED", "ORDER/CREATE");
    }

    /** With a response topic, on which its outcome comes. */
    private static String orderOverMqtt(String customer, Restaurant restaurant) throws Exception {
        await().atMost(Restaurant.SOON)
                .until(
                        () ->
                                !graphQl.data(
                                                "query ($id: String!) { account(customer_id: $id) { version } }",
                                                Map.of("id", customer))
                                        .get("account")
                                        .isNull());
        try (MqttFive client = new MqttFive(waybill.mqtt())) {
            String wish =
                    """
                    {"customer_id": "%s", "restaurant_id": "%s", "currency": "EUR",
                     "order_items": [{"code": "soup", "unit_price": 200.00, "quantity": 2}]}
                    """
                            .formatted(customer, restaurant.id());
            assertThat(
                            client.publish(
                                    "ORDER/CREATE",
                                    client.command(wish.getBytes(StandardCharsets.UTF_8), 1)))
                    .isZero();
            JsonNode outcome = GraphQl.JSON.readTree(client.outcome().getPayload());
            assertThat(outcome.get("outcome").asString()).isEqualTo("APPLIED");
            return outcome.get("id").asString();
        }
    }

    private static String text(MqttMessage message) {
        return new String(message.getPayload(), StandardCharsets.UTF_8);
    }
}
