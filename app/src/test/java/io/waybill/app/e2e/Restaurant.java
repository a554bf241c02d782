package io.waybill.app.e2e;

import static org.awaitility.Awaitility.await;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A restaurant with one dish, and customers with money, furnished through GraphQL. */
final class Restaurant {

    static final Duration SOON = Duration.ofSeconds(30);

    private static final String ORDER =
            """
            query ($id: String!) { order(id: $id) {
              status code field step saga { phase why stuck tries waits_for }
              customer { account { balance { amount } held { amount } debited { amount } } }
              restaurant { menu { on_hand reserved available } }
              shopping_list { status } } }
            """;

    private static final String CREATE =
            """
            mutation ($c: String!, $r: String!, $n: Int!, $key: String) {
              createOrder(customer_id: $c, restaurant_id: $r, idempotencyKey: $key,
                          order_items: [{code: "soup", unit_price: 200, quantity: $n}]) { id } }
            """;

    private final GraphQl graphQl;
    private final String id;

    private Restaurant(GraphQl graphQl, String id) {
        this.graphQl = graphQl;
        this.id = id;
    }

    /**
     * Opens one.
     *
     * @param review {@code AUTO} or {@code MANUAL}
     * @param stock of soup, at 200.00 each
     */
    static Restaurant open(GraphQl graphQl, String review, int stock) {
        String id =
                submit(
                        graphQl,
                        "mutation ($r: Review) { registerRestaurant(name: \"Noodle bar\", review: $r) { id } }",
                        Map.of("r", review));
        Restaurant restaurant = new Restaurant(graphQl, id);
        restaurant.submit("openRestaurant(id: $id)", Map.of("id", id));
        restaurant.stock(stock);
        return restaurant;
    }

    String id() {
        return id;
    }

    void stock(int onHand) {
        graphQl.data(
                "mutation ($id: String!, $n: Int!) { setItem(id: $id, code: \"soup\", name: \"Soup\", unit_price: 200, on_hand: $n) { id } }",
                Map.of("id", id, "n", onHand));
    }

    /** Adds a customer with so much money; answers the id. */
    String customer(int money) {
        return customer(graphQl, money);
    }

    /** Adds a customer with so much money; answers the id. */
    static String customer(GraphQl graphQl, int money) {
        String customer =
                submit(graphQl, "mutation { addContact(name: \"Customer\") { id } }", Map.of());
        graphQl.data(
                "mutation ($id: String!, $m: Decimal!) { deposit(customer_id: $id, amount: $m) { id } }",
                Map.of("id", customer, "m", money));
        return customer;
    }

    /** Orders soup; answers the order's id. */
    String order(String customer, int quantity) {
        return submit(graphQl, CREATE, ordered(customer, quantity));
    }

    /** Orders soup, again and again while nobody answers, but not twice; answers its id. */
    String insistOnOrder(String customer, int quantity) {
        return Insistence.submit(graphQl, CREATE, ordered(customer, quantity))
                .iterator()
                .next()
                .get("id")
                .asString();
    }

    private Map<String, Object> ordered(String customer, int quantity) {
        return Map.of("c", customer, "r", id, "n", quantity, "key", UUID.randomUUID().toString());
    }

    /** Runs a mutation that takes an id; answers the command's id. */
    String submit(String mutation, Map<String, Object> variables) {
        return graphQl.data(
                        "mutation ($id: String!) { done: " + mutation + " { commandId } }",
                        variables)
                .get("done")
                .get("commandId")
                .asString();
    }

    JsonNode see(String order) {
        return graphQl.data(ORDER, Map.of("id", order)).get("order");
    }

    JsonNode awaitStatus(String order, String status) {
        return await().atMost(SOON)
                .until(
                        () -> see(order),
                        seen -> seen != null && seen.path("status").asString("").equals(status));
    }

    JsonNode awaitPhase(String order, String phase) {
        return await().atMost(SOON)
                .until(
                        () -> see(order),
                        seen -> seen.path("saga").path("phase").asString("").equals(phase));
    }

    private static String submit(GraphQl graphQl, String mutation, Map<String, Object> variables) {
        return graphQl.data(mutation, variables).iterator().next().get("id").asString();
    }
}
