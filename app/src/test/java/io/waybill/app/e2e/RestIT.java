package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.app.e2e.Rest.Answer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** Orders over HTTP in the whole system, from post to pickup, and the demo. */
class RestIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static RunningWaybill waybill;
    private static Rest rest;

    @BeforeAll
    static void start() {
        waybill = RunningWaybill.start(Folders.fresh("rest"), "--delay=300ms");
        rest = new Rest(waybill.http());
    }

    @AfterAll
    static void stop() {
        assertThat(waybill.terminate()).as(waybill.output()).isZero();
        waybill.close();
    }

    @Test
    void an_order_is_pending_at_once_and_runs_by_itself_from_post_to_pickup() {
        String restaurant = restaurant("AUTO");
        String customer = customer("1000");

        Answer posted = order(customer, restaurant, 2);
        JsonNode pending = rest.get(posted.header("Location")).json();

        assertThat(posted.status()).isEqualTo(202);
        assertThat(posted.text("status")).isEqualTo("PENDING");
        assertThat(posted.json().get("amount").decimalValue()).isEqualByComparingTo("400");
        assertThat(pending.get("order_id")).isEqualTo(posted.json().get("order_id"));
        assertThat(pending.get("amount")).isEqualTo(posted.json().get("amount"));
        String order = posted.header("Location");
        awaitStatus(order, "APPROVED");
        assertThat(rest.get(order).json().get("saga").propertyNames())
                .as("nothing of what it waits for")
                .containsExactly("phase", "steps");
        assertThat(history(order))
                .containsSubsequence("CREATED", "PAYMENT_DEBITED", "REVIEW_APPROVED", "APPROVED");
        assertThat(account(customer).get("balance").decimalValue()).isEqualByComparingTo("600");

        String list = order.replace("/orders/", "/shopping-lists/");
        assertThat(rest.get("/api/shopping-lists?restaurant_id=" + restaurant).body())
                .contains("\"INITIATED\"");
        applied(rest.send("POST", list + "/assign", "{\"assignee\": \"Cook 1\"}"));
        applied(rest.send("POST", list + "/complete", ""));
        awaitStatus(order, "READY");
        applied(rest.send("POST", order + "/collect", ""));
        awaitStatus(order, "COLLECTED");
    }

    @Test
    void when_the_restaurant_says_no_money_and_stock_are_as_before() {
        String restaurant = restaurant("MANUAL");
        String customer = customer("500");
        String order = order(customer, restaurant, 1).header("Location");
        await().atMost(SOON)
                .until(
                        () -> rest.get(order).json().at("/saga/phase").asString(""),
                        "REVIEW_OPEN"::equals);

        applied(rest.send("POST", order + "/decline", "{\"reason\": \"closing early\"}"));
        JsonNode rejected = awaitStatus(order, "REJECTED");

        assertThat(rejected.get("code").asString()).isEqualTo("RESTAURANT_DECLINED");
        assertThat(account(customer).get("balance").decimalValue()).isEqualByComparingTo("500");
        assertThat(rest.get("/api/restaurants/" + restaurant).json().at("/menu/0/available"))
                .hasToString("10");
    }

    @Test
    void the_same_key_five_times_has_one_effect_and_five_equal_answers() {
        String restaurant = restaurant("AUTO");
        String customer = customer("1000");
        String key = UUID.randomUUID().toString();

        List<Answer> answers =
                List.of(
                        order(customer, restaurant, 1, "Idempotency-Key", key),
                        order(customer, restaurant, 1, "Idempotency-Key", key));
        awaitStatus(answers.getFirst().header("Location"), "APPROVED");
        List<Answer> later =
                List.of(
                        order(customer, restaurant, 1, "Idempotency-Key", key),
                        order(customer, restaurant, 1, "Idempotency-Key", key),
                        order(customer, restaurant, 1, "Idempotency-Key", key));
        Answer other = order(customer, restaurant, 2, "Idempotency-Key", key);

        assertThat(answers).extracting(Answer::body).containsOnly(answers.getFirst().body());
        assertThat(later).extracting(Answer::body).containsOnly(answers.getFirst().body());
        assertThat(later)
                .extracting(answer -> answer.header("Location"))
                .containsOnly(answers.getFirst().header("Location"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(rest.get("/api/orders?customer_id=" + customer).json().get("entries"))
                .hasSize(1);
        assertThat(account(customer).get("balance").decimalValue()).isEqualByComparingTo("800");
    }

    @Test
    void what_is_refused_is_stored_nowhere() {
        String restaurant = restaurant("AUTO");
        String customer = customer("1000");
        String good =
                "{\"customer_id\": \"%s\", \"restaurant_id\": \"%s\", \"order_items\": [{\"code\": \"soup\", \"unit_price\": 200, \"quantity\": 1}]}"
                        .formatted(customer, restaurant);

        for (String price : List.of("-1", "0", "0.001", "1e308", "1".repeat(30))) {
            assertThat(rest.send("POST", "/api/orders", good.replace("200", price)).status())
                    .as(price)
                    .isEqualTo(422);
        }
        assertThat(rest.send("POST", "/api/orders", good.replace("]", "")).status()).isEqualTo(400);
        assertThat(rest.send("POST", "/api/orders", good + " ".repeat(100_000)).status())
                .isEqualTo(413);
        String unknown = "/api/orders/" + UUID.randomUUID();
        assertThat(rest.get(unknown).status()).isEqualTo(404);
        assertThat(rest.get(unknown).header("Retry-After")).isEqualTo("1");
        assertThat(rest.get("/api/orders?customer_id=" + customer).json().get("entries")).isEmpty();
    }

    @Test
    void an_accepted_order_is_shown_again_after_the_gateway_was_killed() {
        try (RunningWaybill killed =
                RunningWaybill.start(Folders.fresh("rest-killed"), "--delay=5s")) {
            Rest door = new Rest(killed.http());
            Answer posted =
                    door.send(
                            "POST",
                            "/api/orders",
                            "{\"customer_id\": \"%s\", \"restaurant_id\": \"%s\", \"order_items\": [{\"code\": \"soup\", \"unit_price\": 200, \"quantity\": 2}]}"
                                    .formatted(UUID.randomUUID(), UUID.randomUUID()));
            killed.kill();
            killed.launch().awaitReady();

            Answer shown = new Rest(killed.http()).get(posted.header("Location"));

            assertThat(posted.status()).isEqualTo(202);
            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.text("order_id")).isEqualTo(posted.text("order_id"));
            assertThat(shown.json().get("amount").decimalValue()).isEqualByComparingTo("400");
        }
    }

    @Test
    void the_demo_fills_the_system_once_however_often_it_is_run() throws Exception {
        Said first = demo();
        long recorded = events();
        Said second = demo();

        assertThat(first.exitCode()).as(first.out()).isZero();
        assertThat(first.out())
                .contains("INSUFFICIENT_FUNDS")
                .contains("CUSTOMER_DISABLED")
                .contains("waits for a person");
        assertThat(first.out()).containsPattern("Order 1 +[0-9a-f-]{36} +APPROVED, 19.00 EUR");
        assertThat(second.exitCode()).as(second.out()).isZero();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(events()).isEqualTo(recorded);
    }

    private record Said(int exitCode, String out) {}

    private static Said demo() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Program.command(
                                        Folders.fresh("demo"),
                                        List.of(
                                                "demo",
                                                "--http=http://localhost:" + waybill.http())))
                        .redirectErrorStream(true)
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), out);
    }

    /** How many orders and contacts there are, and how often each has changed. */
    private static long events() {
        return versions("/api/orders") + versions("/api/contacts") + versions("/api/restaurants");
    }

    private static long versions(String list) {
        return StreamSupport.stream(
                        rest.get(list + "?first=1000").json().get("entries").spliterator(), false)
                .mapToLong(entry -> entry.get("version").asLong())
                .sum();
    }

    private static String restaurant(String review) {
        Answer registered =
                rest.send(
                        "POST",
                        "/api/restaurants",
                        "{\"name\": \"Noodle bar\", \"review\": \"%s\"}".formatted(review));
        String path = "/api/restaurants/" + registered.text("id");
        rest.send(
                "PUT",
                path + "/items/soup",
                "{\"name\": \"Soup\", \"unit_price\": 200, \"on_hand\": 10}");
        applied(rest.send("POST", path + "/open", ""));
        return registered.text("id");
    }

    private static String customer(String funds) {
        Answer added = rest.send("POST", "/api/contacts", "{\"name\": \"Customer\"}");
        applied(added);
        applied(
                rest.send(
                        "POST",
                        "/api/accounts/%s/deposits".formatted(added.text("id")),
                        "{\"amount\": \"%s\"}".formatted(funds)));
        return added.text("id");
    }

    private static Answer order(
            String customer, String restaurant, int quantity, String... headers) {
        return rest.send(
                "POST",
                "/api/orders",
                "{\"customer_id\": \"%s\", \"restaurant_id\": \"%s\", \"order_items\": [{\"code\": \"soup\", \"name\": \"Soup\", \"unit_price\": 200, \"quantity\": %d}]}"
                        .formatted(customer, restaurant, quantity),
                headers);
    }

    private static void applied(Answer accepted) {
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        JsonNode outcome =
                await().atMost(SOON)
                        .until(
                                () ->
                                        rest.get("/api/commands/" + accepted.text("command_id"))
                                                .json(),
                                command ->
                                        !command.path("status")
                                                .asString("PENDING")
                                                .equals("PENDING"));
        assertThat(outcome.path("status").asString()).as(outcome.toString()).isEqualTo("APPLIED");
    }

    private static JsonNode awaitStatus(String order, String status) {
        return await().atMost(SOON)
                .until(
                        () -> rest.get(order).json(),
                        seen -> seen.path("status").asString("").equals(status));
    }

    private static JsonNode account(String customer) {
        return rest.get("/api/accounts/" + customer).json();
    }

    private static List<String> history(String order) {
        return StreamSupport.stream(
                        rest.get(order + "/history").json().get("entries").spliterator(), false)
                .map(event -> event.get("name").asString())
                .toList();
    }
}
