package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Subscriptions as Server-Sent Events, in the whole system. */
class EventStreamsIT {

    private static final String FOLLOW =
            "subscription ($id: String!) { commandUpdates(id: $id) { status aggregateId } }";

    private static RunningWaybill waybill;
    private static GraphQl graphQl;

    @BeforeAll
    static void start() {
        waybill = RunningWaybill.start(Folders.fresh("event-streams"), "--delay=300ms");
        graphQl = waybill.graphQl();
    }

    @AfterAll
    static void stop() {
        waybill.close();
    }

    @Test
    void a_command_is_followed_to_its_outcome() {
        JsonNode added =
                graphQl.data("mutation { addContact(name: \"Ada\") { commandId id } }")
                        .get("addContact");
        try (EventStream stream =
                EventStream.of(graphQl, FOLLOW, Map.of("id", added.get("commandId").asString()))) {
            assertThat(stream.next().at("/commandUpdates/status").asString()).isEqualTo("PENDING");
            assertThat(stream.next().get("commandUpdates"))
                    .hasToString(
                            "{\"status\":\"APPLIED\",\"aggregateId\":%s}"
                                    .formatted(added.get("id")));
            stream.complete();
        }
    }

    @Test
    void an_order_is_seen_by_its_customer_and_its_restaurant_until_it_is_collected() {
        Restaurant restaurant = Restaurant.open(graphQl, "AUTO", 5);
        String customer = restaurant.customer(1_000);
        try (EventStream kitchen =
                EventStream.of(
                        graphQl,
                        "subscription ($id: String!) { restaurantOrders(id: $id) { id status } }",
                        Map.of("id", restaurant.id()))) {
            String order = restaurant.order(customer, 1);
            try (EventStream table =
                    EventStream.of(
                            graphQl,
                            "subscription ($id: String!) { orderUpdates(id: $id) { id status } }",
                            Map.of("id", order))) {
                assertThat(until(table, "orderUpdates", "APPROVED")).isEqualTo(order);
                assertThat(until(kitchen, "restaurantOrders", "APPROVED")).isEqualTo(order);
                graphQl.data(
                        "mutation ($id: String!) { assignShoppingList(order_id: $id, assignee: \"cook\") { id } }",
                        Map.of("id", order));
                restaurant.submit("completeShoppingList(order_id: $id)", Map.of("id", order));
                until(table, "orderUpdates", "READY");
                restaurant.submit("collectOrder(id: $id)", Map.of("id", order));
                until(table, "orderUpdates", "COLLECTED");
                table.complete();
            }
        }
    }

    @Test
    void a_change_of_a_contact_is_told() {
        try (EventStream stream =
                EventStream.of(
                        graphQl,
                        "subscription { contactChanges { contact { name } } }",
                        Map.of())) {
            graphQl.data("mutation { addContact(name: \"Grace H\") { id } }");
            JsonNode change = stream.next();
            while (!change.toString().contains("Grace H")) {
                change = stream.next();
            }
        }
    }

    @Test
    void a_stop_ends_all_streams_within_seconds() {
        RunningWaybill stopping =
                RunningWaybill.start(Folders.fresh("event-streams-stop"), "--delay=0");
        List<EventStream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < 90; i++) {
                streams.add(
                        EventStream.of(
                                stopping.graphQl(),
                                "subscription { contactChanges { id } }",
                                Map.of()));
            }
            Instant asked = Instant.now();

            assertThat(stopping.terminate()).as(stopping.output()).isZero();

            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(8));
            assertThat(streams).allMatch(EventStream::ended);
        } finally {
            streams.forEach(EventStream::close);
            stopping.close();
        }
    }

    /** Takes results until one has a status; answers its id. */
    private static String until(EventStream stream, String field, String status) {
        JsonNode order = stream.next().get(field);
        while (!order.get("status").asString().equals(status)) {
            order = stream.next().get(field);
        }
        return order.get("id").asString();
    }
}
