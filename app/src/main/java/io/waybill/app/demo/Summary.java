package io.waybill.app.demo;

import tools.jackson.databind.JsonNode;

import java.io.PrintWriter;
import java.util.Map;

/** Shows what is there after the demo. */
final class Summary {

    private final Door door;
    private final Map<String, String> ids;
    private final Submissions submissions;

    /**
     * Shows nothing yet.
     *
     * @param ids of customers, restaurants and orders, by name
     */
    Summary(Door door, Map<String, String> ids, Submissions submissions) {
        this.door = door;
        this.ids = ids;
        this.submissions = submissions;
    }

    /**
     * Prints a table.
     *
     * @param orders as they are, by name
     */
    void print(Map<String, JsonNode> orders, PrintWriter out) {
        Table table = new Table().row("WHAT", "NAME", "ID", "STATE");
        for (Script.Customer customer : Script.CUSTOMERS) {
            table.row("customer", customer.name(), id(customer.name()), state(customer));
        }
        for (Script.Restaurant restaurant : Script.RESTAURANTS) {
            table.row("restaurant", restaurant.name(), id(restaurant.name()), state(restaurant));
        }
        orders.forEach((name, order) -> table.row("order", name, id(name), state(order)));
        table.lines().forEach(out::println);
        orders.values().stream()
                .filter(Summary::waitsForPerson)
                .map(order -> order.path("order_id").asString())
                .findFirst()
                .ifPresent(
                        order -> {
                            out.println();
                            out.println("One order waits for the restaurant's person. To take it:");
                            out.println(
                                    "  curl -X POST "
                                            + door.address()
                                                    .resolve("/api/orders/" + order + "/approve"));
                        });
        out.flush();
    }

    /** Whether an order gets no further without a person. */
    static boolean waitsForPerson(JsonNode order) {
        return order.path("status").asString().equals("PENDING")
                && order.at("/saga/phase").asString("").equals("REVIEW_OPEN");
    }

    private String id(String name) {
        return ids.getOrDefault(name, "");
    }

    private String state(Script.Customer customer) {
        String path =
                "/api/accounts/%s?after_command=%s"
                        .formatted(
                                id(customer.name()),
                                submissions.command(customer.name() + " funds"));
        String balance =
                door.find(path)
                        .map(account -> "balance " + amount(account, "balance"))
                        .orElse("balance not known now");
        return customer.disabled() ? balance + ", disabled" : balance;
    }

    private String state(Script.Restaurant restaurant) {
        return door.find("/api/restaurants/" + id(restaurant.name()))
                .map(
                        found ->
                                "%s, %d on the menu, review %s"
                                        .formatted(
                                                found.path("open").asBoolean() ? "open" : "closed",
                                                found.path("menu").size(),
                                                found.path("review").asString()))
                .orElse("not known now");
    }

    private static String state(JsonNode order) {
        String state = order.path("status").asString() + ", " + amount(order, "amount");
        if (waitsForPerson(order)) {
            return state + ", waits for a person";
        }
        String code = order.path("code").asString("");
        return code.isEmpty() ? state : state + ", " + code;
    }

    private static String amount(JsonNode of, String field) {
        return of.path(field).decimalValue().toPlainString() + " " + of.path("currency").asString();
    }
}
