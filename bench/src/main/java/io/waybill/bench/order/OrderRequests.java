package io.waybill.bench.order;

import io.waybill.bench.http.Target;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The requests of the loads on orders, as bytes. Orders are posted to the REST door, all else is
 * GraphQL. Texts must need no escaping in JSON.
 */
public final class OrderRequests {

    static final String CURRENCY = "EUR";

    private final Target graphql;
    private final Target orders;

    /** Requests to the doors of a gateway. */
    public OrderRequests(Target graphql) {
        this.graphql = graphql;
        this.orders = new Target(graphql.address(), graphql.authority(), "/api/orders");
    }

    byte[] post(Town.Wish wish) {
        String items =
                wish.lines().stream()
                        .map(
                                line ->
                                        "{\"code\":\"%s\",\"name\":\"%s\",\"unit_price\":\"%s\",\"quantity\":%d}"
                                                .formatted(
                                                        line.dish().code(),
                                                        line.dish().code(),
                                                        amount(line.dish().price()),
                                                        line.quantity()))
                        .collect(Collectors.joining(","));
        return orders.post(
                "{\"customer_id\":\"%s\",\"restaurant_id\":\"%s\",\"currency\":\"%s\",\"order_items\":[%s]}"
                        .formatted(wish.customer(), wish.restaurant(), CURRENCY, items));
    }

    byte[] addCustomer(String name) {
        return ask(
                "mutation Add($name: String!) { addContact(name: $name) { commandId id } }",
                "\"name\":\"" + name + "\"");
    }

    byte[] deposit(UUID customer, long amount) {
        return ask(
                "mutation Fund($of: String!, $amount: Decimal!) { deposit(customer_id: $of, amount:"
                        + " $amount, currency: \\\"EUR\\\") { commandId id } }",
                "\"of\":\"%s\",\"amount\":\"%s\"".formatted(customer, amount(amount)));
    }

    byte[] register(String name, boolean manual) {
        return ask(
                "mutation Found($name: String!, $review: Review) { registerRestaurant(name: $name,"
                        + " currency: \\\"EUR\\\", review: $review) { commandId id } }",
                "\"name\":\"%s\",\"review\":\"%s\"".formatted(name, manual ? "MANUAL" : "AUTO"));
    }

    byte[] open(UUID restaurant) {
        return ask(
                "mutation Open($id: String!) { openRestaurant(id: $id) { commandId id } }",
                "\"id\":\"" + restaurant + "\"");
    }

    byte[] setItem(UUID restaurant, Town.Dish dish, int onHand) {
        return ask(
                "mutation Offer($id: String!, $code: String!, $price: Decimal!, $onHand: Int!) {"
                        + " setItem(id: $id, code: $code, name: $code, unit_price: $price, currency:"
                        + " \\\"EUR\\\", on_hand: $onHand) { commandId id } }",
                "\"id\":\"%s\",\"code\":\"%s\",\"price\":\"%s\",\"onHand\":%d"
                        .formatted(restaurant, dish.code(), amount(dish.price()), onHand));
    }

    byte[] command(UUID command) {
        return ask(
                "query Follow($id: String!) { command(id: $id) { status code message } }",
                "\"id\":\"" + command + "\"");
    }

    /** A page of a restaurant's orders, oldest first; an empty cursor begins. */
    byte[] page(UUID restaurant, int first, String after) {
        return ask(
                "query Walk($of: String!, $first: Int, $after: String) { orders(filter:"
                        + " {restaurant_id: $of}, orderBy: {field: CREATED, direction: ASC}, first:"
                        + " $first, after: $after) { nodes { id customer_id status code total { amount"
                        + " } items { code quantity } saga { phase } } pageInfo { endCursor hasNextPage"
                        + " } } }",
                "\"of\":\"%s\",\"first\":%d%s"
                        .formatted(
                                restaurant,
                                first,
                                after.isEmpty() ? "" : ",\"after\":\"" + after + "\""));
    }

    byte[] account(UUID customer) {
        return ask(
                "query Account($of: String!) { account(customer_id: $of) { deposited { amount }"
                        + " balance { amount } held { amount } debited { amount } withdrawn { amount }"
                        + " } }",
                "\"of\":\"" + customer + "\"");
    }

    byte[] menu(UUID restaurant) {
        return ask(
                "query Menu($id: String!) { restaurant(id: $id) { menu { code on_hand reserved"
                        + " available } } }",
                "\"id\":\"" + restaurant + "\"");
    }

    /** The first ten orders that a filter finds, in an order; both as they stand in GraphQL. */
    byte[] search(List<String> filter, String order) {
        return ask(
                "{ orders(first: 10, filter: {%s}, orderBy: {%s}) { nodes { id customer_id restaurant_id status created total { amount currency } } pageInfo { endCursor hasNextPage } } }"
                        .formatted(String.join(", ", filter), order)
                        .replace("\"", "\\\""),
                "");
    }

    /** A query that reads nothing: what the door itself costs. */
    byte[] nothing() {
        return ask("{ __typename }", "");
    }

    private byte[] ask(String document, String variables) {
        return graphql.post("{\"query\":\"" + document + "\",\"variables\":{" + variables + "}}");
    }

    /** Hundredths as a decimal. */
    static String amount(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2).toPlainString();
    }
}
