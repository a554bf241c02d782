package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Lists, their filters, orders and pages, and what was in the past, through the whole system. */
@ExtendWith(OneWaybill.class)
class ListsIT {

    private GraphQl graphQl;

    @BeforeEach
    void ask(RunningWaybill waybill) {
        graphQl = waybill.graphQl();
    }

    @Test
    void contacts_are_walked_both_ways_by_each_filter_and_order() {
        String token = UUID.randomUUID().toString().substring(0, 8);
        String last = "";
        for (String name : List.of("Émile", "anna", "ANDREW", "Zoe", "Anne")) {
            last =
                    graphQl.data(
                                    "mutation ($n: String!, $e: String) { addContact(name: $n, email: $e) { commandId } }",
                                    Map.of("n", token + name, "e", token + "@example.org"))
                            .get("addContact")
                            .get("commandId")
                            .asString();
        }
        graphQl.data(
                "query ($k: String!) { contacts(first: 1, afterCommand: $k) { nodes { id } } }",
                Map.of("k", last));

        assertThat(contacts("filter: {namePrefix: \"%s\"}", token))
                .containsExactly("ANDREW", "anna", "Anne", "Zoe", "Émile");
        assertThat(contacts("filter: {namePrefix: \"%sAN\"}, orderBy: {direction: DESC}", token))
                .containsExactly("Anne", "anna", "ANDREW");
        assertThat(contacts("filter: {email: \"%s@EXAMPLE.org\"}", token))
                .containsExactly("Émile", "anna", "ANDREW", "Zoe", "Anne");
        assertThat(
                        contacts(
                                "filter: {email: \"%s@example.org\"}, orderBy: {direction: DESC}",
                                token))
                .containsExactly("Anne", "Zoe", "ANDREW", "anna", "Émile");
    }

    @Test
    void orders_are_walked_both_ways_by_each_filter_and_order() {
        Restaurant restaurant = Restaurant.open(graphQl, "MANUAL", 100);
        String customer = restaurant.customer(10_000);
        List<String> orders = new ArrayList<>();
        for (int quantity : new int[] {2, 3, 1}) {
            String order = restaurant.order(customer, quantity);
            restaurant.awaitPhase(order, "REVIEW_OPEN");
            orders.add(order);
        }
        restaurant.submit("approveOrder(id: $id)", Map.of("id", orders.getFirst()));
        restaurant.awaitStatus(orders.getFirst(), "APPROVED");
        String of = "customer_id: \"%s\"".formatted(customer);
        String at =
                graphQl.data(
                                "query ($id: String!) { order(id: $id) { restaurant_id } }",
                                Map.of("id", orders.getFirst()))
                        .get("order")
                        .get("restaurant_id")
                        .asString();

        assertThat(totals("filter: {%s}", of)).containsExactly("200.00", "600.00", "400.00");
        assertThat(totals("filter: {%s}, orderBy: {direction: ASC}", of))
                .containsExactly("400.00", "600.00", "200.00");
        assertThat(totals("filter: {%s}, orderBy: {field: TOTAL}", of))
                .containsExactly("600.00", "400.00", "200.00");
        assertThat(totals("filter: {%s, total_from: 400, currency: \"EUR\"}", of))
                .containsExactly("600.00", "400.00");
        assertThat(
                        totals(
                                "filter: {%s, total_to: 400, currency: \"EUR\"}, orderBy: {direction: ASC}",
                                of))
                .containsExactly("200.00", "400.00");
        assertThat(totals("filter: {%s, status: APPROVED}", of)).containsExactly("400.00");
        assertThat(totals("filter: {%s, created_to: \"2020-01-01T00:00:00Z\"}", of)).isEmpty();
        String here = "restaurant_id: \"%s\"".formatted(at);
        assertThat(totals("filter: {%s, status: PENDING}", here))
                .containsExactly("200.00", "600.00");
        assertThat(totals("filter: {%s, review_open: true}", here))
                .containsExactly("600.00", "200.00");
        assertThat(totals("filter: {%s, review_open: true}, orderBy: {direction: DESC}", here))
                .containsExactly("200.00", "600.00");
        assertThat(walk("shoppingLists", here + ", direction: DESC", "order_id"))
                .extracting(list -> list.get("order_id").asString())
                .containsExactlyElementsOf(orders.reversed());
        assertThat(walk("shoppingLists", here + ", status: INITIATED", "order_id"))
                .extracting(list -> list.get("order_id").asString())
                .containsExactly(orders.getFirst());
        assertThat(walk("statement", of + ", direction: DESC", "balance { amount }"))
                .extracting(movement -> movement.at("/balance/amount").asString())
                .containsExactly("8800.00", "9000.00", "9600.00", "10000.00");
    }

    @Test
    void a_cursor_of_another_list_is_refused_by_the_name_of_its_argument() {
        JsonNode error =
                graphQl.error("{ orders(first: 1, after: \"nonsense\") { nodes { id } } }");

        assertThat(error.at("/extensions/code").asString()).isEqualTo("BAD_USER_INPUT");
        assertThat(error.at("/extensions/field").asString()).isEqualTo("after");
        assertThat(error.get("message").asString())
                .isEqualTo("after must be a cursor that this list gave, unaltered, or be left out");
    }

    @Test
    void what_happened_is_found_by_an_id_alone_and_a_contact_is_seen_as_it_was() {
        Restaurant restaurant = Restaurant.open(graphQl, "AUTO", 5);
        String customer = restaurant.customer(1_000);
        String order = restaurant.order(customer, 1);
        restaurant.awaitStatus(order, "APPROVED");
        String renamed =
                restaurant.submit(
                        "updateContact(id: $id, name: \"Renamed\")", Map.of("id", customer));
        JsonNode then =
                graphQl.data(
                        """
                        query ($id: String!, $k: String!) {
                          now: contact(id: $id, afterCommand: $k) { name version }
                          first: contact(id: $id, afterCommand: $k, atVersion: 1) { name version }
                          never: contact(id: $id, atTime: "2020-01-01T00:00:00Z") { name } }
                        """,
                        Map.of("id", customer, "k", renamed));

        assertThat(then.toString())
                .isEqualTo(
                        "{\"now\":{\"name\":\"Renamed\",\"version\":2},\"first\":{\"name\":\"Customer\",\"version\":1},\"never\":null}");
        assertThat(history(order)).startsWith("CREATED").endsWith("APPROVED");
        assertThat(history(customer)).containsExactly("ADDED", "UPDATED");
        assertThat(history(UUID.randomUUID().toString())).isEmpty();
    }

    private List<String> history(String id) {
        return graphQl.data(
                        "query ($id: ID!) { history(of: $id) { nodes { name } } }",
                        Map.of("id", id))
                .get("history")
                .get("nodes")
                .findValuesAsString("name");
    }

    /** Their names without the token that they begin with. */
    private List<String> contacts(String arguments, String token) {
        return walk("contacts", arguments.formatted(token), "name").stream()
                .map(contact -> contact.get("name").asString().substring(token.length()))
                .toList();
    }

    private List<String> totals(String arguments, String filter) {
        return walk("orders", arguments.formatted(filter), "total { amount }").stream()
                .map(order -> order.at("/total/amount").asString())
                .toList();
    }

    /**
     * All nodes of a list, two at a time from its beginning; from its end they must be the same.
     */
    private List<JsonNode> walk(String list, String arguments, String selection) {
        List<JsonNode> forwards = new ArrayList<>();
        JsonNode info = null;
        do {
            String page = info == null ? "" : ", after: " + info.get("endCursor");
            JsonNode found = page(list, arguments + ", first: 2" + page, selection);
            assertThat(found.at("/pageInfo/hasPreviousPage").asBoolean()).isEqualTo(info != null);
            found.get("nodes").forEach(forwards::add);
            info = found.get("pageInfo");
        } while (info.get("hasNextPage").asBoolean());
        List<JsonNode> backwards = new ArrayList<>();
        info = null;
        do {
            String page = info == null ? "" : ", before: " + info.get("startCursor");
            JsonNode found = page(list, arguments + ", last: 2" + page, selection);
            assertThat(found.at("/pageInfo/hasNextPage").asBoolean()).isEqualTo(info != null);
            List<JsonNode> nodes = new ArrayList<>();
            found.get("nodes").forEach(nodes::add);
            backwards.addAll(0, nodes);
            info = found.get("pageInfo");
        } while (info.get("hasPreviousPage").asBoolean());
        assertThat(backwards).as(list + " " + arguments).isEqualTo(forwards);
        return forwards;
    }

    private JsonNode page(String list, String arguments, String selection) {
        return graphQl.data(
                        "{ %s(%s) { nodes { %s } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
                                .formatted(list, arguments, selection))
                .get(list);
    }
}
