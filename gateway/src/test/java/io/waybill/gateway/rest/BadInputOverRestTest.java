package io.waybill.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.rest.RestDoor.Answer;
import io.waybill.gateway.standin.RawHttp;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What is refused, with which status, code and field; nothing of it is stored. */
class BadInputOverRestTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-000000000001";

    /** An order in which one thing may be replaced. */
    private static final String GOOD =
            """
            {"customer_id": "%s", "restaurant_id": "%s", "currency": "EUR",
             "order_items": [{"code": "A", "unit_price": 1, "quantity": 1},
                             {"code": "B", "name": "Bread", "unit_price": 2.50, "quantity": 2}]}
            """
                    .formatted(ID, ID);

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

    @AfterEach
    void nothing_is_stored() {
        assertThat(door.house.submitted).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // malformed
                "}]} | }] | 400 |  | the body is not as it should be: it ends in the middle",
                "\"quantity\": 2} | \"quantity\": 2, \"size\": 1} | 400 | order_items[1].size | there is no field order_items[1].size",
                "\"currency\" | \"curency\" | 400 | curency | there is no field curency",
                "\"currency\": | \"id\": \"x\", \"currency\": | 400 | id | there is no field id",
                "\"currency\": | \"currency\": \"EUR\", \"currency\": | 400 | currency | is given twice",
                "\"currency\": | \"customerId\": \"x\", \"currency\": | 400 | customerId | is given twice",
                "\"EUR\" | 978 | 400 | currency | must be a text in double quotes",
                "\"quantity\": 2 | \"quantity\": \"2\" | 400 | order_items[1].quantity | must be a whole number",
                "2.50 | true | 400 | order_items[1].unit_price | must be a number, or one in double quotes",
                "2.50 | NaN | 400 |  | the body is not as it should be: it is malformed",
                "\"order_items\": [ | \"order_items\": [1, | 400 | order_items[0] | must be an object in braces",
                // against a rule
                "\"quantity\": 2 | \"quantity\": 0 | 422 | order_items[1].quantity | order_items[1].quantity must be a whole number from 1 to 999, but is 0",
                "\"quantity\": 2 | \"quantity\": -1 | 422 | order_items[1].quantity | must be a whole number from 1 to 999, but is -1",
                "\"quantity\": 2 | \"quantity\": 1.5 | 422 | order_items[1].quantity | must be a whole number from 1 to 999, but is 1.5",
                "\"quantity\": 2 | \"quantity\": 1e308 | 422 | order_items[1].quantity | must be a whole number from 1 to 999, but is 1e308",
                "\"quantity\": 2 | \"quantity\": 9999999999 | 422 | order_items[1].quantity | must be a whole number from 1 to 999, but is 9999999999",
                "\"quantity\": 2 | \"quantity\": 123456789012345678901234567890 | 422 | order_items[1].quantity | must be a whole number from 1 to 999, but is 123456789012345678901234567890",
                "\"quantity\": 2 | \"quantity\": 1000 | 422 | order_items[1].quantity | must be a whole number from 1 to 999, but is 1000",
                ", \"quantity\": 2 |  | 422 | order_items[1].quantity | is missing: must be a whole number from 1 to 999",
                "2.50 | 0 | 422 | order_items[1].unit_price | must be an amount above zero",
                "2.50 | -1 | 422 | order_items[1].unit_price | must be an amount above zero",
                "2.50 | 0.001 | 422 | order_items[1].unit_price | has more decimals than EUR, which has 2",
                "2.50 | 1e308 | 422 | order_items[1].unit_price | must be an amount above zero",
                "2.50 | 1e2147483647 | 422 | order_items[1].unit_price | must be an amount above zero",
                "2.50 | \"2,50\" | 422 | order_items[1].unit_price | must be an amount above zero",
                "2.50 | 123456789012345678901234567890 | 422 | order_items[1].unit_price | must be an amount above zero such as 12.50, of at most 15 digits",
                "\"EUR\" | \"EUX\" | 422 | currency | must be a currency of ISO 4217",
                "\"EUR\" | \"\" | 422 | currency | currency must be a currency of ISO 4217 such as EUR",
                "\"B\" | \"\" | 422 | order_items[1].code | must have 1 to 40 characters, but has 0",
                "\"EUR\" | \"EURO\" | 422 | currency | must be a currency of ISO 4217 such as EUR",
                "\"B\" | \"A\" | 422 | order_items[1].code | is the same as that of order_items[0]",
                "\"B\" | \" \" | 422 | order_items[1].code | must have 1 to 40 characters",
                "\"customer_id\": \"0190 | \"customer_id\": \"x190 | 422 | customer_id | must be a UUID",
                "\"currency\": | \"payment_id\": \"mine\", \"currency\": | 422 | payment_id | must be a UUID"
            })
    void an_order_is_refused_with_its_field(
            String what, String by, int status, String field, String detail) {
        String body = GOOD.replace(what, by == null ? "" : by);
        assertThat(body).isNotEqualTo(GOOD);

        Answer answer = door.send("POST", "/api/orders", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("code")).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.text("field")).isEqualTo(field == null ? "" : field);
        assertThat(answer.text("detail")).contains(detail);
        if (status == 422) {
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(field);
        }
    }

    @Test
    void all_fields_at_fault_are_named() {
        Answer answer =
                door.send(
                        "POST",
                        "/api/orders",
                        "{\"order_items\": [{\"code\": \"A\", \"unit_price\": 0, \"quantity\": 0}]}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").findValuesAsString("field"))
                .containsExactly(
                        "customer_id",
                        "restaurant_id",
                        "order_items[0].unit_price",
                        "order_items[0].quantity");
        assertThat(answer.text("detail")).endsWith(", and 3 more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "\"x\"", "{} {}", "{", "{'a': 1}", "/* */ {}"})
    void what_is_no_object_is_malformed(String body) {
        assertThat(door.send("POST", "/api/orders", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /api/orders | customer_id, restaurant_id, order_items, currency, payment_id",
                "POST | /api/contacts | name, email, phone",
                "PATCH | /api/contacts/ID | name, email, phone",
                "POST | /api/accounts/ID/deposits | amount, currency",
                "POST | /api/restaurants | name, currency, review",
                "PATCH | /api/restaurants/ID | name, review",
                "PUT | /api/restaurants/ID/items/A | name, unit_price, currency, on_hand",
                "POST | /api/shopping-lists/ID/assign | assignee"
            })
    void an_empty_body_is_malformed_where_one_is_needed(String method, String path, String fields) {
        for (String blank : List.of("", " ", "\t\r\n ")) {
            Answer answer = door.send(method, path.replace("ID", ID), blank);

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.text("detail"))
                    .isEqualTo(
                            "the body is empty: a JSON object with the fields %s is expected"
                                    .formatted(fields));
        }
        assertThat(door.send(method, path.replace("ID", ID), "{}").status()).isEqualTo(422);
    }

    @Test
    void a_body_that_is_no_utf_8_is_malformed() {
        String answer =
                RawHttp.exchange(
                        door.port(),
                        "POST /api/contacts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"name\": \"\u00e4\u00f6\"}");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("the body is not UTF-8");
    }

    @Test
    void an_order_without_items_or_with_too_many_is_refused() {
        Answer none = door.send("POST", "/api/orders", withItems(0));
        Answer many = door.send("POST", "/api/orders", withItems(101));
        Answer far = door.send("POST", "/api/orders", withItems(100_000));

        assertThat(none.status()).isEqualTo(422);
        assertThat(none.text("field")).isEqualTo("order_items");
        assertThat(many.status()).isEqualTo(422);
        assertThat(many.text("detail"))
                .isEqualTo("order_items must have 1 to 100 elements, but has 101");
        assertThat(far.status()).isEqualTo(413);
        assertThat(far.text("detail")).isEqualTo("a body may have at most 65536 bytes here");
    }

    @Test
    void who_sends_all_of_a_far_too_large_order_before_reading_hears_why_it_is_refused() {
        String body = withItems(100_000).toString();

        assertThat(
                        RawHttp.sentWhole(
                                door.port(),
                                "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                        .formatted(body.length(), body)))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void who_asks_before_sending_a_far_too_large_order_is_refused_without_being_told_to_send_it() {
        assertThat(
                        RawHttp.exchange(
                                door.port(),
                                "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\nExpect: 100-continue\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("Connection: close");
    }

    @Test
    void who_asks_before_sending_what_will_be_read_is_told_to_send_it() {
        assertThat(
                        RawHttp.exchange(
                                door.port(),
                                "POST /api/contacts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n{}"))
                .startsWith("HTTP/1.1 100")
                .contains("HTTP/1.1 422");
    }

    @Test
    void a_body_without_an_announced_length_is_bounded_too() {
        String chunk = "x".repeat(0x2000);
        StringBuilder request =
                new StringBuilder(
                        "POST /api/contacts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 4; i++) {
            request.append("2000\r\n").append(chunk).append("\r\n");
        }

        assertThat(RawHttp.exchange(door.port(), request.append("0\r\n\r\n").toString()))
                .startsWith("HTTP/1.1 413");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/json; charset=latin1",
                "nonsense"
            })
    void another_kind_of_body_is_not_taken(String contentType) {
        String answer =
                RawHttp.exchange(
                        door.port(),
                        "POST /api/contacts HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: 12\r\n\r\n{\"name\":\"A\"}"
                                .formatted(contentType));

        assertThat(answer)
                .startsWith("HTTP/1.1 415")
                .contains("application/problem+json")
                .contains("send the body as application/json in UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /api/contacts | {\"name\": \" \"} | 422 | name",
                "POST | /api/contacts | {} | 422 | name",
                "POST | /api/contacts | {\"name\": \"A\", \"email\": \"nonsense\"} | 422 | email",
                "POST | /api/contacts | {\"name\": \"A\", \"last_updated\": 1} | 400 | last_updated",
                "PATCH | /api/contacts/ID | {} | 422 | name",
                "PATCH | /api/contacts/ID | {\"id\": \"ID\", \"name\": \"A\"} | 400 | id",
                "POST | /api/contacts/ID/enable | {\"why\": 1} | 400 | why",
                "POST | /api/accounts/ID/deposits | {\"amount\": -1} | 422 | amount",
                "POST | /api/accounts/ID/deposits | {\"amount\": 1, \"customer_id\": \"ID\"} | 400 | customer_id",
                "POST | /api/accounts/ID/payments | {\"amount\": 1, \"expires_in\": 0} | 422 | expires_in",
                "PUT | /api/restaurants/ID/items/A | {\"name\": \"A\", \"unit_price\": 1} | 422 | on_hand",
                "PUT | /api/restaurants/ID/items/A | {\"name\": \"A\", \"unit_price\": 1, \"on_hand\": -1} | 422 | on_hand",
                "PUT | /api/restaurants/ID/items/A | {\"name\": \"A\", \"unit_price\": 1, \"on_hand\": 0.5} | 422 | on_hand",
                "POST | /api/accounts/ID/payments | {\"amount\": 1, \"expires_in\": 1e30} | 422 | expires_in",
                "PUT | /api/restaurants/ID/items/CODE | {\"name\": \"A\", \"unit_price\": 1, \"on_hand\": 1} | 422 | code",
                "POST | /api/restaurants | {\"name\": \"A\", \"review\": \"SOMETIMES\"} | 422 | review",
                "POST | /api/shopping-lists/ID/assign | {} | 422 | assignee",
                "POST | /api/orders/ID/decline | {\"reason\": \"\"} | 422 | reason"
            })
    void other_commands_are_refused_with_their_field(
            String method, String path, String body, int status, String field) {
        Answer answer =
                door.send(
                        method,
                        path.replace("ID", ID).replace("CODE", "x".repeat(41)),
                        body.replace("ID", ID));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.text("field")).isEqualTo(field);
        assertThat(answer.text("code")).isEqualTo("BAD_USER_INPUT");
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /api/contacts/nobody, contact with id nobody not found",
        "POST, /api/accounts/nobody/deposits, contact with id nobody not found",
        "DELETE, /api/accounts/ID/payments/none, payment with id none not found",
        "POST, /api/orders/none/cancel, order with id none not found",
        "POST, /api/shopping-lists/none/complete, shopping list with id none not found",
        "GET, /api/restaurants/none, restaurant with id none not found",
        "GET, /api/accounts/nobody/statement, account with id nobody not found",
        "GET, /api/orders/none/history, order with id none not found",
        "GET, /api/orders/%E2%80%AE%F0%9F%98%80, order with id ?\ud83d\ude00 not found",
        "GET, /api/commands/none, command with id none not found"
    })
    void what_is_no_id_is_the_id_of_nothing(String method, String path, String detail) {
        Answer answer = door.send(method, path.replace("ID", ID), "");

        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.text("code")).isEqualTo("NOT_FOUND");
        assertThat(answer.text("detail")).isEqualTo(detail);
    }

    @Test
    void a_semicolon_in_an_address_is_not_passed_over() {
        Answer answer =
                door.send(
                        "PUT",
                        "/api/restaurants/%s/items/a;b".formatted(ID),
                        "{\"name\": \"A\", \"unit_price\": 1, \"on_hand\": 1}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).contains("%3B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/nothing", "/api/orders/", "/api/orders/1/2/3"})
    void an_unknown_address_is_said_to_be_one(String path) {
        Answer answer = door.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("detail")).contains("/openapi.yaml");
        assertThat(answer.text("code")).isEqualTo("NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /api/orders | POST, GET",
                "DELETE | /api/orders/ID | GET",
                "POST | /api/contacts/ID | GET, PATCH, DELETE",
                "GET | /api/restaurants/ID/items/A | PUT",
                "OPTIONS | /api/contacts | POST, GET"
            })
    void a_method_that_an_address_does_not_take_is_named_with_those_that_it_does(
            String method, String path, String allowed) {
        Answer answer = door.send(method, path.replace("ID", ID), "");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo(allowed);
        assertThat(answer.text("detail")).contains(method).contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "x*201"})
    void an_idempotency_key_is_one_visible_word(String key) {
        Answer answer =
                door.send(
                        "POST",
                        "/api/contacts",
                        "{\"name\": \"A\"}",
                        "Idempotency-Key",
                        key.equals("x*201") ? "x".repeat(201) : key);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("field")).isEqualTo("Idempotency-Key");
    }

    @Test
    void two_keys_or_parameters_of_a_command_are_refused() {
        Answer twice =
                door.send(
                        "POST",
                        "/api/contacts",
                        "{\"name\": \"A\"}",
                        "Idempotency-Key",
                        "a",
                        "Idempotency-Key",
                        "b");
        Answer parameter = door.send("POST", "/api/contacts?name=A", "{\"name\": \"A\"}");

        assertThat(twice.status()).isEqualTo(400);
        assertThat(parameter.status()).isEqualTo(400);
        assertThat(parameter.text("detail")).contains("takes no parameters");
    }

    @ParameterizedTest
    @CsvSource({
        "IDEMPOTENCY_KEY_REUSED, 409, ''",
        "NOT_FOUND, 404, ''",
        "UNKNOWN_CUSTOMER, 422, ''",
        "RESOURCE_EXHAUSTED, 429, 5",
        "UNAVAILABLE, 503, 1",
        "INTERNAL, 500, ''"
    })
    void what_the_gateway_refuses_has_its_status(ErrorCode code, int status, String retryAfter) {
        WaybillException failure = new WaybillException(code, "it is so").at("idempotencyKey");
        door.house.intakeTrouble =
                code == ErrorCode.RESOURCE_EXHAUSTED
                        ? failure.retryAfter(Duration.ofMillis(4_200))
                        : failure;

        Answer answer = door.send("POST", "/api/orders", GOOD, "Idempotency-Key", "key");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code.name());
        assertThat(answer.text("detail")).isEqualTo("it is so");
        assertThat(answer.text("field")).isEqualTo("Idempotency-Key");
        assertThat(answer.header("Retry-After")).isEqualTo(retryAfter);
    }

    private static String withItems(int count) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < count; i++) {
            items.append(i == 0 ? "" : ",")
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "{\"code\": \"%d\", \"unit_price\": 1, \"quantity\": 1}",
                                    i));
        }
        return "{\"customer_id\": \"%s\", \"restaurant_id\": \"%s\", \"order_items\": [%s]}"
                .formatted(ID, ID, items);
    }
}
