package io.waybill.app.e2e;

import static org.awaitility.Awaitility.await;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Orders of every course that an order can take, and the people who have a say in them: a customer
 * who cancels, and a restaurant's person who approves and declines whatever waits for that. All of
 * them insist until they are heard.
 */
final class OrderMix implements AutoCloseable {

    /** How an order is to end. */
    enum Course {
        PLAIN("APPROVED", ""),
        LARGE("APPROVED", ""),
        APPROVED_BY_A_PERSON("APPROVED", ""),
        DECLINED("REJECTED", "RESTAURANT_DECLINED"),
        CANCELLED("CANCELLED", ""),
        TOO_POOR("REJECTED", "INSUFFICIENT_FUNDS"),
        OUT_OF_STOCK("REJECTED", "OUT_OF_STOCK");

        private final String end;

        Course(String status, String code) {
            this.end = status + " " + code;
        }
    }

    private static final String PAGE =
            "query ($after: String) { orders(first: 1000, after: $after) {"
                    + " nodes { id status code saga { phase } }"
                    + " pageInfo { hasNextPage endCursor } } }";
    private static final Duration OFTEN = Duration.ofMillis(200);

    private final GraphQl graphQl;
    private final Restaurant quick;
    private final Restaurant careful;
    private final Restaurant empty;
    private final List<String> rich = new ArrayList<>();
    private final String poor;
    private final Map<String, Course> accepted = new ConcurrentHashMap<>();
    private final Set<String> decided = ConcurrentHashMap.newKeySet();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> clients = new ArrayList<>();
    private volatile int enough;

    /** Furnishes restaurants with stock and customers with money for so many orders. */
    OrderMix(GraphQl graphQl, int orders) {
        this.graphQl = graphQl;
        quick = Restaurant.open(graphQl, "AUTO", 3 * orders);
        careful = Restaurant.open(graphQl, "MANUAL", orders);
        empty = Restaurant.open(graphQl, "AUTO", 0);
        for (int i = 0; i < 10; i++) {
            rich.add(Restaurant.customer(graphQl, 200 * 3 * orders / 10));
        }
        poor = Restaurant.customer(graphQl, 100);
    }

    /**
     * So many clients begin to order, each one thing after the other, until there are enough.
     *
     * @param atMost how many orders are enough, unless {@link #enough} says otherwise
     */
    void order(int many, int atMost) {
        enough = accepted() + atMost;
        for (int client = 0; client < many; client++) {
            int from = client;
            clients.add(
                    people.submit(
                            () -> {
                                for (int i = 0; accepted() < enough; i++) {
                                    order(Course.values()[(from + i) % Course.values().length]);
                                }
                            }));
        }
    }

    /** So many more orders are enough. */
    void enough(int more) {
        enough = accepted() + more;
    }

    int accepted() {
        return accepted.size();
    }

    /** Waits until so many orders are accepted and have not ended. */
    void awaitRunning(int number) {
        await(number + " running")
                .atMost(Insistence.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> running(all()) >= number);
    }

    /** Waits until all clients are done; fails when one was refused. */
    void finish() throws Exception {
        for (Future<?> client : clients) {
            client.get(Insistence.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Decides what waits for a person, until no order runs any more. */
    void awaitEnds(Duration limit) {
        await("the ends of " + accepted() + " orders")
                .atMost(limit)
                .pollInterval(OFTEN)
                .until(() -> decide() == 0);
    }

    /** Decides what waits for a person now. Answers how many orders run, or are not seen yet. */
    int decide() {
        List<JsonNode> orders;
        try {
            orders = all();
        } catch (IOException e) {
            return accepted();
        }
        for (JsonNode order : orders) {
            if (phase(order).equals("REVIEW_OPEN")) {
                decide(order.get("id").asString());
            }
        }
        return running(orders);
    }

    private int running(List<JsonNode> orders) {
        return accepted() - (int) orders.stream().filter(o -> phase(o).equals("ENDED")).count();
    }

    private static String phase(JsonNode order) {
        return order.get("saga").get("phase").asString();
    }

    /** All orders that can be read. */
    private List<JsonNode> all() throws IOException {
        List<JsonNode> orders = new ArrayList<>();
        Map<String, Object> after = Map.of();
        while (true) {
            JsonNode answer = graphQl.tryRun(PAGE, after);
            if (answer.has("errors")) {
                throw new IOException(answer.toString());
            }
            JsonNode page = answer.get("data").get("orders");
            page.get("nodes").forEach(orders::add);
            if (!page.get("pageInfo").get("hasNextPage").asBoolean()) {
                return orders;
            }
            after = Map.of("after", page.get("pageInfo").get("endCursor").asString());
        }
    }

    /** How each accepted order is to have ended, by its id. */
    Map<String, String> expected() {
        Map<String, String> ends = new ConcurrentHashMap<>();
        accepted.forEach((id, course) -> ends.put(id, course.end));
        return ends;
    }

    /** How each order has ended, by its id. */
    Map<String, String> ends() throws IOException {
        Map<String, String> ends = new ConcurrentHashMap<>();
        for (JsonNode order : all()) {
            ends.put(
                    order.get("id").asString(),
                    order.get("status").asString() + " " + order.get("code").asString(""));
        }
        return ends;
    }

    @Override
    public void close() {
        people.shutdownNow();
    }

    private void order(Course course) {
        Restaurant where =
                switch (course) {
                    case PLAIN, LARGE, TOO_POOR -> quick;
                    case APPROVED_BY_A_PERSON, DECLINED, CANCELLED -> careful;
                    case OUT_OF_STOCK -> empty;
                };
        String who = course == Course.TOO_POOR ? poor : rich.get(accepted() % rich.size());
        String id = where.insistOnOrder(who, course == Course.LARGE ? 3 : 1);
        accepted.put(id, course);
        if (course == Course.CANCELLED) {
            insist(id, "cancelOrder");
        }
    }

    private void decide(String id) {
        Course course = accepted.get(id);
        if (course == Course.APPROVED_BY_A_PERSON && decided.add(id)) {
            insist(id, "approveOrder");
        } else if (course == Course.DECLINED && decided.add(id)) {
            insist(id, "declineOrder");
        }
    }

    private void insist(String id, String mutation) {
        Insistence.submit(
                graphQl,
                "mutation ($id: String!, $key: String) { "
                        + mutation
                        + "(id: $id, idempotencyKey: $key) { commandId } }",
                Map.of("id", id, "key", UUID.randomUUID().toString()));
    }
}
