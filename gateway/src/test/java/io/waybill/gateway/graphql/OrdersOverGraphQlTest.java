package io.waybill.gateway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.StandInGateway;
import io.waybill.proto.order.v1.CreateOrder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An order as a mutation: amounts stay exact, and what is wrong is named by its path. */
class OrdersOverGraphQlTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final String VARIABLE =
            "mutation ($items: [OrderItemInput!]!) { createOrder(customer_id: \"ID\", restaurant_id: \"ID\", order_items: $items) { id } }";
    private static final String LITERAL =
            "mutation { createOrder(customer_id: \"ID\", restaurant_id: \"ID\", order_items: ITEMS) { id } }";
    private static final String GOOD =
            "[{\"code\": \"A\", \"unit_price\": 1, \"quantity\": 1}, {\"code\": \"B\", \"unit_price\": 2.50, \"quantity\": 2}]";

    private static StandInGateway gateway;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        gateway = StandInGateway.start();
        door = new HttpDoor(gateway.at("/graphql"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void clear() {
        gateway.commands().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740.93", "\"9007199254740.93\"", "9007199254740.930"})
    void an_amount_is_exact_as_a_number_and_as_a_text(String price) {
        String items = GOOD.replace("2.50", price);

        for (HttpDoor.Answer answer : new HttpDoor.Answer[] {variable(items), literal(items)}) {
            assertThat(answer.json().has("errors")).as(answer.json().toString()).isFalse();
        }
        assertThat(gateway.commands().submitted())
                .hasSize(2)
                .extracting(submitted -> (CreateOrder) submitted.command().message())
                .allSatisfy(
                        order -> {
                            assertThat(order.getOrderItems(1).getUnitPrice())
                                    .isEqualTo("9007199254740.93");
                            assertThat(order.getCurrency()).isEqualTo("EUR");
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2.50 | -1 | order_items[1].unit_price",
                "2.50 | 0 | order_items[1].unit_price",
                "2.50 | 0.001 | order_items[1].unit_price",
                "2.50 | 1e308 | order_items[1].unit_price",
                "2.50 | 1e2147483647 | order_items[1].unit_price",
                "2.50 | 123456789012345678901234567890 | order_items[1].unit_price",
                "2.50 | \"2,50\" | order_items[1].unit_price",
                "2.50 | true | order_items[1].unit_price",
                "\"quantity\": 2 | \"quantity\": 0 | order_items[1].quantity",
                "\"quantity\": 2 | \"quantity\": -1 | order_items[1].quantity",
                "\"quantity\": 2 | \"quantity\": 1000 | order_items[1].quantity",
                "\"quantity\": 2 | \"quantity\": 1.5 | order_items[1].quantity",
                "\"quantity\": 2 | \"quantity\": 1e308 | order_items[1].quantity",
                "\"quantity\": 2 | \"quantity\": 123456789012345678901234567890 | order_items[1].quantity",
                "\"quantity\": 2 | \"quantity\": 2, \"size\": 1 | order_items[1].size",
                "\"quantity\": 2 | \"quantity\": null | order_items[1].quantity",
                ", \"quantity\": 2 | `` | order_items[1].quantity",
                "\"B\" | \"A\" | order_items[1].code"
            })
    void what_is_wrong_is_refused_by_its_path_and_nothing_is_submitted(
            String what, String by, String path) {
        String items = GOOD.replace(what, by);
        assertThat(items).isNotEqualTo(GOOD);

        for (HttpDoor.Answer answer : new HttpDoor.Answer[] {variable(items), literal(items)}) {
            assertThat(answer.code()).as(answer.json().toString()).isEqualTo("BAD_USER_INPUT");
            assertThat(answer.field()).as(answer.json().toString()).isEqualTo(path);
        }
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    private static HttpDoor.Answer variable(String items) {
        return door.post(
                "{\"query\": \"%s\", \"variables\": {\"items\": %s}}"
                        .formatted(quoted(VARIABLE), items));
    }

    /** In the document itself, where names have no quotes. */
    private static HttpDoor.Answer literal(String items) {
        String written = items.replaceAll("\"(\\w+)\":", "$1:");
        return door.post(
                "{\"query\": \"%s\"}".formatted(quoted(LITERAL.replace("ITEMS", written))));
    }

    private static String quoted(String document) {
        return document.replace("ID", ID).replace("\"", "\\\"");
    }
}
