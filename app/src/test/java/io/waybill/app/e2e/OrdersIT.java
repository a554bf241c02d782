package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** Orders and their saga through GraphQL, in the whole system. */
class OrdersIT {

    private static RunningWaybill waybill;
    private static GraphQl graphQl;

    @BeforeAll
    static void start() {
        waybill = RunningWaybill.start(Folders.fresh("orders"), "--delay=0s");
        graphQl = waybill.graphQl();
    }

    @AfterAll
    static void stop() {
        assertThat(waybill.terminate()).as(waybill.output()).isZero();
        waybill.close();
    }

    @Test
    void an_order_runs_by_itself_from_post_to_pickup() {
        Restaurant restaurant = Restaurant.open(graphQl, "AUTO", 5);
        String customer = restaurant.customer(1_000);

        String order = restaurant.order(customer, 2);
        JsonNode approved = restaurant.awaitStatus(order, "APPROVED");

        assertThat(balance(approved)).isEqualTo("600.00");
        assertThat(approved.path("restaurant").path("menu").get(0))
                .hasToString("{\"on_hand\":3,\"reserved\":0,\"available\":3}");
        assertThat(approved.path("saga"))
                .as("waits for nothing")
                .hasToString(
                        "{\"phase\":\"ENDED\",\"why\":null,\"stuck\":false,\"tries\":0,\"waits_for\":null}");
        assertThat(history(order))
                .containsSubsequence("CREATED", "PAYMENT_DEBITED", "REVIEW_APPROVED", "APPROVED");
        graphQl.data(
                "mutation ($id: String!) { assignShoppingList(order_id: $id, assignee: \"cook\") { id } }",
                Map.of("id", order));
        restaurant.submit("completeShoppingList(order_id: $id)", Map.of("id", order));
        restaurant.awaitStatus(order, "READY");
        restaurant.submit("collectOrder(id: $id)", Map.of("id", order));
        restaurant.awaitStatus(order, "COLLECTED");
    }

    @Test
    void a_disabled_customer_is_refused_at_the_first_step_and_nothing_else_is_touched() {
        Restaurant restaurant = Restaurant.open(graphQl, "AUTO", 5);
        String customer = restaurant.customer(1_000);
        restaurant.submit("disableContact(id: $id)", Map.of("id", customer));

        JsonNode rejected = restaurant.awaitStatus(restaurant.order(customer, 2), "REJECTED");

        assertThat(rejected.path("code").asString()).isEqualTo("CUSTOMER_DISABLED");
        assertThat(rejected.path("field").asString()).isEqualTo("customer_id");
        assertThat(rejected.path("step").asString()).isEqualTo("AUTHORIZE_CUSTOMER");
        assertThat(rejected.path("shopping_list").isNull()).isTrue();
        assertThat(balance(rejected)).isEqualTo("1000.00");
        assertThat(rejected.path("restaurant").path("menu").get(0).path("available").asInt())
                .isEqualTo(5);
    }

    @Test
    void when_the_restaurant_says_no_the_money_and_the_stock_come_back() {
        Restaurant restaurant = Restaurant.open(graphQl, "MANUAL", 5);
        String customer = restaurant.customer(1_000);
        String order = restaurant.order(customer, 3);
        JsonNode open = restaurant.awaitPhase(order, "REVIEW_OPEN");
        assertThat(balance(open)).isEqualTo("400.00");
        assertThat(open.path("saga").path("why").asString())
                .startsWith("waits for a person of the restaurant to approve or decline, until ");

        restaurant.submit("declineOrder(id: $id, reason: \"no soup\")", Map.of("id", order));
        JsonNode rejected = restaurant.awaitStatus(order, "REJECTED");

        assertThat(rejected.path("code").asString()).isEqualTo("RESTAURANT_DECLINED");
        assertThat(balance(rejected)).isEqualTo("1000.00");
        assertThat(rejected.path("restaurant").path("menu").get(0))
                .hasToString("{\"on_hand\":5,\"reserved\":0,\"available\":5}");
        assertThat(rejected.path("shopping_list").path("status").asString()).isEqualTo("CANCELLED");
        assertThat(history(order))
                .containsSubsequence(
                        "REVIEW_DECLINED",
                        "PAYMENT_VOIDED",
                        "SHOPPING_LIST_CANCELLED",
                        "ITEMS_RELEASED",
                        "REJECTED");
    }

    @Test
    void a_cancel_undoes_before_the_review_is_decided_and_is_too_late_afterwards() {
        Restaurant restaurant = Restaurant.open(graphQl, "MANUAL", 5);
        String customer = restaurant.customer(1_000);
        String taken = restaurant.order(customer, 1);
        String cancelled = restaurant.order(customer, 1);
        restaurant.awaitPhase(taken, "REVIEW_OPEN");
        restaurant.awaitPhase(cancelled, "REVIEW_OPEN");

        restaurant.submit("cancelOrder(id: $id)", Map.of("id", cancelled));
        restaurant.submit("approveOrder(id: $id)", Map.of("id", taken));
        restaurant.awaitStatus(cancelled, "CANCELLED");
        restaurant.awaitStatus(taken, "APPROVED");
        String late = restaurant.submit("cancelOrder(id: $id)", Map.of("id", taken));

        JsonNode refused =
                await().atMost(Restaurant.SOON)
                        .until(
                                () -> graphQl.command(late),
                                command -> !command.path("status").asString().equals("PENDING"));
        assertThat(refused.path("status").asString()).isEqualTo("REJECTED");
        assertThat(refused.path("code").asString()).isEqualTo("TOO_LATE");
        assertThat(balance(restaurant.see(taken))).isEqualTo("800.00");
    }

    @Test
    void what_breaks_a_rule_is_refused_by_its_path_and_nothing_is_stored() {
        Restaurant restaurant = Restaurant.open(graphQl, "AUTO", 5);
        String customer = restaurant.customer(1_000);
        JsonNode error =
                graphQl.run(
                                "mutation ($c: String!, $r: String!) { createOrder(customer_id: $c, restaurant_id: $r, order_items: [{code: \"a\", unit_price: 1, quantity: 1}, {code: \"b\", unit_price: 1, quantity: 0}]) { id } }",
                                Map.of("c", customer, "r", customer))
                        .path("errors")
                        .get(0);

        assertThat(error.path("extensions").path("code").asString()).isEqualTo("BAD_USER_INPUT");
        assertThat(error.path("extensions").path("field").asString())
                .isEqualTo("order_items[1].quantity");
        JsonNode none =
                graphQl.data(
                                "query ($c: String!) { orders(filter: {customer_id: $c}) { nodes { id } } }",
                                Map.of("c", customer))
                        .get("orders")
                        .get("nodes");
        assertThat(none).isEmpty();
    }

    private static String balance(JsonNode order) {
        return order.path("customer").path("account").path("balance").path("amount").asString();
    }

    private static List<String> history(String order) {
        JsonNode nodes =
                graphQl.data(
                                "query ($id: ID!) { history(of: $id, kind: ORDER) { nodes { name at } } }",
                                Map.of("id", order))
                        .get("history")
                        .get("nodes");
        assertThat(nodes.findValuesAsString("at"))
                .as("to the microsecond, as all times")
                .allMatch(at -> at.matches(".*:\\d\\d(\\.\\d{3}|\\.\\d{6})?Z"));
        return nodes.findValuesAsString("name");
    }
}
