package io.waybill.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;

import io.waybill.gateway.follow.CommandStatus;
import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.gateway.rest.RestDoor.Answer;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.common.v1.Money;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.OrderStatus;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.order.v1.SagaPhase;
import io.waybill.proto.order.v1.SagaView;
import io.waybill.proto.order.v1.StepState;
import io.waybill.proto.order.v1.StepView;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Locale;

/** An order over HTTP, from the moment on that it is accepted. */
class OrdersOverRestTest {

    private static final String CUSTOMER = "0190a6e2-7b7c-7d3a-8f5e-000000000001";
    private static final String RESTAURANT = "0190a6e2-7b7c-7d3a-8f5e-000000000002";
    private static final String PAYMENT = "0190a6e2-7b7c-7d3a-8f5e-000000000003";
    private static final String NOBODY = "0190a6e2-7b7c-7d3a-8f5e-00000000dead";
    private static RestDoor door;

    @BeforeAll
    static void open() {
        door = RestDoor.open();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @BeforeEach
    void clear() {
        door.house.clear();
    }

    @Test
    void an_order_is_accepted_and_pending_with_its_exact_amount() {
        Answer answer =
                order(
                        "{\"code\": \"A\", \"name\": \"Noodles\", \"unit_price\": 200, \"quantity\": 2}");

        assertThat(answer.status()).isEqualTo(202);
        StandInHouse.Submitted submitted = door.house.submitted.getFirst();
        JsonNode order = answer.json();
        assertThat(order.get("order_id").asString()).isEqualTo(submitted.accepted().aggregateId());
        assertThat(order.get("command_id").asString()).isEqualTo(submitted.accepted().commandId());
        assertThat(order.get("status").asString()).isEqualTo("PENDING");
        assertThat(order.get("amount").decimalValue()).isEqualByComparingTo("400");
        assertThat(answer.body()).contains("\"amount\":400.00,\"currency\":\"EUR\"");
        assertThat(order.get("created_on").asString()).isEqualTo(StandInHouse.ACCEPTED.toString());
        assertThat(order.get("order_items").toString())
                .isEqualTo(
                        "[{\"code\":\"A\",\"name\":\"Noodles\",\"unit_price\":200.00,\"quantity\":2}]");
        assertThat(answer.header("Location"))
                .isEqualTo("/api/orders/" + submitted.accepted().aggregateId());
    }

    @Test
    void what_is_submitted_is_what_was_sent_with_the_currency_filled_in() {
        order(
                "{\"code\": \"A\", \"unit_price\": \"1.5\", \"quantity\": 1}",
                "Idempotency-Key",
                "till-1-0007",
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        StandInHouse.Submitted submitted = door.house.submitted.getFirst();
        CreateOrder command = (CreateOrder) submitted.command().message();
        assertThat(submitted.principal()).isEqualTo(Principal.ANONYMOUS);
        assertThat(submitted.key()).contains("till-1-0007");
        assertThat(submitted.trace()).isPresent();
        assertThat(command.getCurrency()).isEqualTo("EUR");
        assertThat(command.getCustomerId()).isEqualTo(CUSTOMER);
        assertThat(command.getOrderItems(0).getUnitPrice()).isEqualTo("1.50");
    }

    @ParameterizedTest
    @CsvSource({
        "EUR, 0.1, 3, 0.30",
        "EUR, 0.07, 999, 69.93",
        "eur, 19.99, 7, 139.93",
        "JPY, 150, 3, 450",
        "BHD, 1.005, 3, 3.015",
        "EUR, 9999999999999.99, 900, 8999999999999991.00"
    })
    void amounts_are_exact_in_any_currency(
            String currency, String price, String quantity, String amount) {
        for (String written : new String[] {price, '"' + price + '"'}) {
            Answer answer =
                    door.send(
                            "POST",
                            "/api/orders",
                            body(
                                    "{\"code\": \"A\", \"unit_price\": %s, \"quantity\": %s}"
                                            .formatted(written, quantity),
                                    ", \"currency\": \"%s\"".formatted(currency)));

            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            assertThat(answer.json().get("amount").decimalValue().toPlainString())
                    .isEqualTo(amount);
        }
    }

    @Test
    void a_sum_that_cannot_be_kept_exactly_is_refused_and_nothing_is_stored() {
        String item = "{\"code\": \"%s\", \"unit_price\": 9999999999999.99, \"quantity\": 999}";
        StringBuilder items = new StringBuilder(item.formatted("0"));
        for (int i = 1; i < 100; i++) {
            items.append(',').append(item.formatted(i));
        }

        Answer answer = order(items.toString());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("code")).isEqualTo("AMOUNT_TOO_LARGE");
        assertThat(answer.text("field")).isEqualTo("order_items[9].unit_price");
        assertThat(door.house.submitted).isEmpty();
    }

    @Test
    void the_location_shows_the_order_from_that_moment_on() {
        Answer accepted =
                door.send(
                        "POST",
                        "/api/orders",
                        body(
                                "{\"code\": \"A\", \"unit_price\": 5, \"quantity\": 1}",
                                ", \"payment_id\": \"%s\"".formatted(PAYMENT)));

        Answer shown = door.get(accepted.header("Location"));

        assertThat(shown.status()).isEqualTo(200);
        ObjectNode expected = (ObjectNode) accepted.json();
        expected.remove("command_id");
        assertThat(shown.json()).isEqualTo(expected);
        assertThat(shown.text("payment_id")).isEqualTo(PAYMENT);
    }

    @Test
    void it_is_shown_too_while_nothing_can_be_read() {
        Answer accepted = order("{\"code\": \"A\", \"unit_price\": 5, \"quantity\": 1}");
        door.house.readerTrouble =
                new WaybillException(ErrorCode.UNAVAILABLE, "the reader is down");

        assertThat(door.get(accepted.header("Location")).text("status")).isEqualTo("PENDING");
        Answer other = door.get("/api/orders/" + NOBODY);
        assertThat(other.status()).isEqualTo(503);
        assertThat(other.text("code")).isEqualTo("UNAVAILABLE");
        assertThat(other.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void what_was_decided_just_now_is_read_at_the_logs_end() {
        Answer accepted = order("{\"code\": \"A\", \"unit_price\": 5, \"quantity\": 1}");
        OrderView order = approved(accepted.text("order_id"));
        door.house.decideAll();
        door.house.lagging.put(ViewKind.ORDER + "/" + order.getId(), order);

        assertThat(door.get(accepted.header("Location")).text("status")).isEqualTo("APPROVED");
        assertThat(door.house.asked.getLast().freshness()).isEqualTo(new Freshness.LogEnd());
    }

    @Test
    void once_it_is_recorded_it_is_shown_with_its_saga() {
        door.house.put(ViewKind.ORDER, approved(NOBODY));

        JsonNode order = door.get("/api/orders/" + NOBODY.toUpperCase(Locale.ROOT)).json();

        assertThat(order.get("status").asString()).isEqualTo("APPROVED");
        assertThat(order.get("amount").decimalValue()).isEqualByComparingTo("2.40");
        assertThat(order.at("/saga/phase").asString()).isEqualTo("ENDED");
        assertThat(order.at("/saga/steps/0").toString())
                .isEqualTo("{\"step\":\"AUTHORIZE_CUSTOMER\",\"state\":\"DONE\",\"attempts\":1}");
        assertThat(order.has("created_position")).isFalse();
        assertThat(order.get("saga").propertyNames())
                .as("what it waits for is over")
                .containsExactly("phase", "steps");
    }

    @Test
    void a_saga_that_waits_says_for_what_and_how_often_it_asked() {
        OrderView order = approved(NOBODY);
        door.house.put(
                ViewKind.ORDER,
                order.toBuilder()
                        .setSaga(
                                order.getSaga().toBuilder()
                                        .setPhase(SagaPhase.SAGA_PHASE_COMMITTED)
                                        .setTries(0)
                                        .setWaitsFor("TAKE_ITEMS"))
                        .build());

        JsonNode saga = door.get("/api/orders/" + NOBODY).json().get("saga");

        assertThat(saga.get("waits_for").asString()).isEqualTo("TAKE_ITEMS");
        assertThat(saga.get("tries").asInt(-1)).isZero();
    }

    @Test
    void an_order_that_is_not_known_here_may_be_known_soon() {
        Answer unknown = door.get("/api/orders/" + NOBODY);
        Answer malformed = door.get("/api/orders/nobody");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text("code")).isEqualTo("NOT_FOUND");
        assertThat(unknown.text("detail")).isEqualTo("order with id " + NOBODY + " not found");
        assertThat(unknown.header("Retry-After")).isEqualTo("1");
        assertThat(unknown.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(malformed.status()).isEqualTo(404);
        assertThat(malformed.headers().firstValue("Retry-After")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REJECTED | ILLEGAL_STATE | it is so | was REJECTED, since it is so",
                "EXPIRED | EXPIRED | '' | was EXPIRED",
                "DEAD_LETTERED | POISON | it kept failing | was DEAD_LETTERED, since it kept failing"
            })
    void an_order_whose_command_came_to_nothing_says_why_to_who_sent_it(
            String kind, String code, String message, String said) {
        Answer accepted = order("{\"code\": \"A\", \"unit_price\": 5, \"quantity\": 1}");
        String id = accepted.text("order_id");
        door.house.decideAll();
        door.house.statuses.put(
                Principal.ANONYMOUS + "/" + id,
                new CommandStatus.Decided(
                        accepted.text("command_id"),
                        "ORDER/CREATE",
                        id,
                        StandInHouse.ACCEPTED,
                        "",
                        Outcome.newBuilder()
                                .setKind(OutcomeKind.valueOf("OUTCOME_KIND_" + kind))
                                .setCode(code)
                                .setMessage(message)
                                .build(),
                        0,
                        StandInHouse.ACCEPTED));

        Answer gone = door.get(accepted.header("Location"));

        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(gone.headers().firstValue("Retry-After")).isEmpty();
        assertThat(gone.text("code")).isEqualTo(code);
        assertThat(gone.text("detail"))
                .isEqualTo(
                        "order with id %s came to nothing: its command %s %s"
                                .formatted(id, accepted.text("command_id"), said));
    }

    @ParameterizedTest
    @CsvSource({"ORDER/CREATE, APPLIED", "CONTACT/ADD, DEAD_LETTERED"})
    void what_was_applied_just_now_or_was_to_make_something_else_is_no_order_that_came_to_nothing(
            String topic, String kind) {
        door.house.statuses.put(
                Principal.ANONYMOUS + "/" + NOBODY,
                new CommandStatus.Decided(
                        NOBODY,
                        topic,
                        NOBODY,
                        StandInHouse.ACCEPTED,
                        "",
                        Outcome.newBuilder()
                                .setKind(OutcomeKind.valueOf("OUTCOME_KIND_" + kind))
                                .build(),
                        1,
                        StandInHouse.ACCEPTED));

        Answer unknown = door.get("/api/orders/" + NOBODY);

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void an_undecided_command_that_creates_nothing_shows_no_order() {
        door.send("POST", "/api/orders/%s/cancel".formatted(NOBODY), "");

        assertThat(door.get("/api/orders/" + NOBODY).status()).isEqualTo(404);
    }

    private static Answer order(String items, String... headers) {
        return door.send("POST", "/api/orders", body(items, ""), headers);
    }

    private static String body(String items, String more) {
        return "{\"customer_id\": \"%s\", \"restaurant_id\": \"%s\", \"order_items\": [%s]%s}"
                .formatted(CUSTOMER, RESTAURANT, items, more);
    }

    private static OrderView approved(String id) {
        Money price = Money.newBuilder().setCurrency("EUR").setMinor(120).build();
        return OrderView.newBuilder()
                .setId(id)
                .setCustomerId(CUSTOMER)
                .setRestaurantId(RESTAURANT)
                .addItems(
                        Item.newBuilder()
                                .setCode("A")
                                .setName("Noodles")
                                .setUnitPrice(price)
                                .setQuantity(2))
                .setTotal(price.toBuilder().setMinor(240))
                .setStatus(OrderStatus.ORDER_STATUS_APPROVED)
                .setSaga(
                        SagaView.newBuilder()
                                .setPhase(SagaPhase.SAGA_PHASE_ENDED)
                                .addSteps(
                                        StepView.newBuilder()
                                                .setStep("AUTHORIZE_CUSTOMER")
                                                .setState(StepState.STEP_STATE_DONE)
                                                .setAttempts(1)))
                .setCreated(
                        Timestamp.newBuilder()
                                .setSeconds(Instant.parse("2026-01-01T00:00:00Z").getEpochSecond()))
                .setVersion(12)
                .setCreatedPosition(77)
                .build();
    }
}
