package io.waybill.app.demo;

import io.waybill.app.settings.Refusal;

import tools.jackson.databind.JsonNode;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays the script to a running Waybill, waits for all outcomes, and shows them in a table. Played
 * again, it finds what it did before. Used by one thread.
 */
public final class Demo implements AutoCloseable {

    private final Door door;
    private final Patience patience;
    private final PrintWriter out;
    private final Progress progress;
    private final Submissions submissions;
    private final Map<String, String> ids = new LinkedHashMap<>();

    /**
     * Plays nothing yet.
     *
     * @param address of the HTTP door
     * @param token of the user to be, if one is needed
     * @param limit how long all of it may take
     * @param moving whether a bar may be drawn
     */
    public Demo(
            URI address, Optional<String> token, Duration limit, PrintWriter out, boolean moving) {
        this.door = new Door(address, token);
        this.patience = new Patience(limit);
        this.out = out;
        this.progress = new Progress(out, moving, 2 * Script.requests() + Script.ORDERS.size());
        this.submissions = new Submissions(door, patience, progress);
    }

    /**
     * Plays the script.
     *
     * @throws Refusal when it cannot be played to its end
     */
    public void play() {
        Map<String, JsonNode> orders = new LinkedHashMap<>();
        try {
            progress.part("adding customers and restaurants");
            Script.CUSTOMERS.forEach(this::add);
            Script.RESTAURANTS.forEach(this::register);
            submissions.await();
            progress.part("paying in");
            Script.CUSTOMERS.forEach(this::fund);
            submissions.await();
            progress.part("ordering");
            Script.ORDERS.forEach(this::order);
            submissions.await();
            progress.part("waiting for the orders");
            Script.ORDERS.forEach(order -> orders.put(order.name(), settled(order)));
        } finally {
            progress.end();
        }
        new Summary(door, ids, submissions).print(orders, out);
    }

    @Override
    public void close() {
        door.close();
    }

    private void add(Script.Customer customer) {
        JsonNode added =
                submissions.submit(
                        customer.name(), "POST", "/api/contacts", Map.of("name", customer.name()));
        ids.put(customer.name(), added.path("id").asString());
    }

    private void register(Script.Restaurant restaurant) {
        String name = restaurant.name();
        JsonNode registered =
                submissions.submit(
                        name,
                        "POST",
                        "/api/restaurants",
                        Map.of(
                                "name",
                                name,
                                "currency",
                                Script.CURRENCY,
                                "review",
                                restaurant.review()));
        ids.put(name, registered.path("id").asString());
        String path = "/api/restaurants/" + id(name);
        for (Script.Dish dish : restaurant.menu()) {
            submissions.submit(
                    name + " " + dish.code(),
                    "PUT",
                    path + "/items/" + dish.code(),
                    Map.of(
                            "name", dish.name(),
                            "unit_price", dish.price(),
                            "currency", Script.CURRENCY,
                            "on_hand", dish.onHand()));
        }
        submissions.submit(name + " open", "POST", path + "/open", Map.of());
    }

    private void fund(Script.Customer customer) {
        String name = customer.name();
        submissions.submit(
                name + " funds",
                "POST",
                "/api/accounts/%s/deposits".formatted(id(name)),
                Map.of("amount", customer.funds(), "currency", Script.CURRENCY));
        if (customer.disabled()) {
            submissions.submit(
                    name + " disabled",
                    "POST",
                    "/api/contacts/%s/disable".formatted(id(name)),
                    Map.of());
        }
    }

    private void order(Script.Order order) {
        JsonNode pending =
                submissions.submit(
                        order.name(),
                        "POST",
                        "/api/orders",
                        Map.of(
                                "customer_id", id(order.customer()),
                                "restaurant_id", id(order.restaurant()),
                                "order_items", items(order),
                                "currency", Script.CURRENCY));
        ids.put(order.name(), pending.path("order_id").asString());
    }

    private static List<Map<String, Object>> items(Script.Order order) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (Script.Dish dish : Script.restaurant(order.restaurant()).menu()) {
            Integer quantity = order.dishes().get(dish.code());
            if (quantity != null) {
                items.add(
                        Map.of(
                                "code", dish.code(),
                                "name", dish.name(),
                                "unit_price", dish.price(),
                                "quantity", quantity));
            }
        }
        return items;
    }

    /** The order, once nobody but a person can bring it further. */
    private JsonNode settled(Script.Order order) {
        JsonNode settled =
                patience.until(
                                () ->
                                        door.find("/api/orders/" + id(order.name()))
                                                .filter(Demo::rests))
                        .orElseThrow(() -> Submissions.late(order.name()));
        progress.step();
        return settled;
    }

    private static boolean rests(JsonNode order) {
        return !order.path("status").asString().equals("PENDING") || Summary.waitsForPerson(order);
    }

    private String id(String name) {
        String id = ids.get(name);
        if (id == null) {
            throw new IllegalStateException("the demo names '" + name + "', which is not in it");
        }
        return id;
    }
}
