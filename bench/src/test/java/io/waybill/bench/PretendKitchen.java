package io.waybill.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * The doors to orders, with customers, restaurants and orders in memory, as far as the benchmark
 * asks, that can be made to misbehave: with every hundredth order, or every thirtieth account or
 * dish that is asked for. Orders are carried out at once. Those that a person is to decide wait for
 * a day, or time out: at once too, and always a little late by what is told.
 */
final class PretendKitchen implements AutoCloseable {

    /** How long after its deadline an order times out, by what is told. */
    static final int LATE_MILLIS = 7;

    /** What is wrong with it. */
    enum Flaw {
        NONE,
        LOSES,
        TWICE,
        LEAVES_OVER,
        MISCOUNTS_MONEY,
        MISCOUNTS_STOCK,
        IS_SILENT,
        REFUSES,
        TIMES_OUT_EARLY
    }

    private record Order(
            String id, String customer, String restaurant, JsonNode items, String status) {

        BigDecimal total() {
            BigDecimal total = BigDecimal.ZERO;
            for (JsonNode item : items) {
                total =
                        total.add(
                                new BigDecimal(item.path("unit_price").asString())
                                        .multiply(
                                                BigDecimal.valueOf(item.path("quantity").asInt())));
            }
            return total;
        }

        String shown() {
            String listed =
                    items.valueStream()
                            .map(
                                    item ->
                                            "{\"code\":\"%s\",\"quantity\":%d}"
                                                    .formatted(
                                                            item.path("code").asString(),
                                                            item.path("quantity").asInt()))
                            .collect(Collectors.joining(",", "[", "]"));
            String phase =
                    switch (status) {
                        case "WAITS" -> "REVIEW_OPEN";
                        case "APPROVED", "REJECTED" -> "ENDED";
                        default -> "RUNNING";
                    };
            return ("{\"id\":\"%s\",\"customer_id\":\"%s\",\"status\":\"%s\",\"code\":\"%s\",\"total\":{\"amount\":\"%s\"},"
                            + "\"items\":%s,\"saga\":{\"phase\":\"%s\"}}")
                    .formatted(
                            id,
                            customer,
                            status.equals("WAITS") ? "PENDING" : status,
                            status.equals("REJECTED") ? "TIMED_OUT" : "",
                            total(),
                            listed,
                            phase);
        }
    }

    private final HttpServer server;
    private final PretendBroker broker = new PretendBroker();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final JsonMapper json = new JsonMapper();
    private final Flaw flaw;
    private final boolean timesOut;

    // All guarded by this.
    private final Map<String, BigDecimal> funds = new HashMap<>();
    private final Map<String, Map<String, Integer>> stocks = new HashMap<>();
    private final Set<String> manual = new HashSet<>();
    private final List<Order> orders = new ArrayList<>();
    private int posted;
    private int counted;

    PretendKitchen(Flaw flaw, boolean timesOut) throws IOException {
        this.flaw = flaw;
        this.timesOut = timesOut;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/graphql", exchange -> send(exchange, 200, graphql(read(exchange))));
        server.createContext("/api/orders", this::posted);
        server.start();
    }

    /** Writes a file that says where it is. */
    Path readyFile(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("ready.json"),
                "{\"pid\":%d,\"http\":%d,\"mqtt\":%d}"
                        .formatted(
                                ProcessHandle.current().pid(),
                                server.getAddress().getPort(),
                                broker.port()));
    }

    private JsonNode read(HttpExchange exchange) throws IOException {
        return json.readTree(exchange.getRequestBody().readAllBytes());
    }

    private static void send(HttpExchange exchange, int status, String answer) throws IOException {
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void posted(HttpExchange exchange) throws IOException {
        JsonNode posted = read(exchange);
        if (flaw == Flaw.REFUSES) {
            send(exchange, 503, "{\"title\":\"full\"}");
            return;
        }
        String id = UUID.randomUUID().toString();
        List<String> events = carriedOut(id, posted);
        send(exchange, 202, "{\"order_id\":\"%s\",\"status\":\"PENDING\"}".formatted(id));
        Instant now = Instant.now();
        Instant deadline = timesOut ? now : now.plus(Duration.ofDays(1));
        Instant refused = deadline.plusMillis(flaw == Flaw.TIMES_OUT_EARLY ? -1 : LATE_MILLIS);
        for (String event : events) {
            String told =
                    switch (event) {
                        case "REVIEW_REQUESTED" ->
                                "{\"at\":\"%s\",\"deadline\":\"%s\"}".formatted(now, deadline);
                        case "STEP_REFUSED" ->
                                "{\"at\":\"%s\",\"code\":\"TIMED_OUT\"}".formatted(refused);
                        default -> "{}";
                    };
            broker.publish("EVENT/ORDER/" + event, id, told);
        }
    }

    /** The events that are told of it. */
    private synchronized List<String> carriedOut(String id, JsonNode posted) {
        boolean flawed = ++this.posted % 100 == 0;
        String restaurant = posted.path("restaurant_id").asString();
        boolean waits = manual.contains(restaurant);
        boolean leftOver = flawed && flaw == Flaw.LEAVES_OVER;
        Order order =
                new Order(
                        id,
                        posted.path("customer_id").asString(),
                        restaurant,
                        posted.path("order_items"),
                        leftOver
                                ? "PENDING"
                                : !waits ? "APPROVED" : timesOut ? "REJECTED" : "WAITS");
        if (!flawed || flaw != Flaw.LOSES) {
            orders.add(order);
        }
        if (flawed && flaw == Flaw.TWICE) {
            orders.add(order);
        }
        boolean silent = leftOver || flawed && flaw == Flaw.IS_SILENT;
        if (silent) {
            return List.of();
        }
        if (!waits) {
            return List.of("APPROVED");
        }
        return timesOut
                ? List.of("REVIEW_REQUESTED", "STEP_REFUSED", "REJECTED")
                : List.of("REVIEW_REQUESTED");
    }

    private synchronized String graphql(JsonNode request) {
        JsonNode variables = request.path("variables");
        String id = variables.path("id").asString(variables.path("of").asString(""));
        String answer =
                switch (PretendDoor.field(request.path("query").asString(""))) {
                    case "addContact" -> submitted(UUID.randomUUID().toString());
                    case "registerRestaurant" -> registered(variables);
                    case "deposit" -> {
                        funds.put(id, new BigDecimal(variables.path("amount").asString()));
                        yield submitted(id);
                    }
                    case "openRestaurant" -> submitted(id);
                    case "setItem" -> {
                        stocks.getOrDefault(id, new TreeMap<>())
                                .put(
                                        variables.path("code").asString(),
                                        variables.path("onHand").asInt());
                        yield submitted(id);
                    }
                    case "command" -> "{\"status\":\"APPLIED\"}";
                    case "account" -> account(id);
                    case "restaurant" -> menu(id);
                    case "orders" -> page(id, variables);
                    default -> "\"Query\"";
                };
        return "{\"data\":{\"%s\":%s}}"
                .formatted(PretendDoor.field(request.path("query").asString("")), answer);
    }

    private static String submitted(String id) {
        return "{\"commandId\":\"%s\",\"id\":\"%s\"}".formatted(UUID.randomUUID(), id);
    }

    private String registered(JsonNode variables) {
        String id = UUID.randomUUID().toString();
        stocks.put(id, new TreeMap<>());
        if (variables.path("review").asString().equals("MANUAL")) {
            manual.add(id);
        }
        return submitted(id);
    }

    private String account(String customer) {
        BigDecimal debited =
                orders.stream()
                        .filter(order -> order.customer().equals(customer))
                        .filter(order -> Set.of("APPROVED", "WAITS").contains(order.status()))
                        .map(Order::total)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal deposited = funds.getOrDefault(customer, BigDecimal.ZERO);
        BigDecimal balance = deposited.subtract(debited);
        return ("{\"deposited\":{\"amount\":\"%s\"},\"balance\":{\"amount\":\"%s\"},\"held\":{\"amount\":\"0.00\"},"
                        + "\"debited\":{\"amount\":\"%s\"},\"withdrawn\":{\"amount\":\"0.00\"}}")
                .formatted(
                        deposited,
                        miscounts(Flaw.MISCOUNTS_MONEY)
                                ? balance.subtract(new BigDecimal("0.01"))
                                : balance,
                        debited);
    }

    /** Every thirtieth that is asked for. */
    private boolean miscounts(Flaw how) {
        return flaw == how && ++counted % 30 == 0;
    }

    private String menu(String restaurant) {
        return stocks.getOrDefault(restaurant, new TreeMap<>()).entrySet().stream()
                .map(
                        stock -> {
                            int taken = ordered(restaurant, stock.getKey(), "APPROVED");
                            int kept = ordered(restaurant, stock.getKey(), "WAITS");
                            int onHand = stock.getValue() - taken;
                            int shown = miscounts(Flaw.MISCOUNTS_STOCK) ? onHand + 1 : onHand;
                            return "{\"code\":\"%s\",\"on_hand\":%d,\"reserved\":%d,\"available\":%d}"
                                    .formatted(stock.getKey(), shown, kept, onHand - kept);
                        })
                .collect(Collectors.joining(",", "{\"menu\":[", "]}"));
    }

    private int ordered(String restaurant, String dish, String status) {
        int sum = 0;
        for (Order order : orders) {
            if (order.restaurant().equals(restaurant) && order.status().equals(status)) {
                for (JsonNode item : order.items()) {
                    sum +=
                            item.path("code").asString().equals(dish)
                                    ? item.path("quantity").asInt()
                                    : 0;
                }
            }
        }
        return sum;
    }

    private String page(String restaurant, JsonNode variables) {
        int first = variables.path("first").asInt(10);
        int from = Integer.parseInt(variables.path("after").asString("0"));
        List<Order> all =
                orders.stream()
                        .filter(
                                order ->
                                        restaurant.isEmpty()
                                                || order.restaurant().equals(restaurant))
                        .toList();
        int to = Math.min(all.size(), from + first);
        return all.subList(from, to).stream()
                .map(Order::shown)
                .collect(
                        Collectors.joining(
                                ",",
                                "{\"nodes\":[",
                                "],\"pageInfo\":{\"endCursor\":\"%d\",\"hasNextPage\":%s}}"
                                        .formatted(to, to < all.size())));
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        broker.close();
        threads.shutdownNow();
    }
}
