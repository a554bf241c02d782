package io.waybill.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.account.v1.Deposit;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.OrderItem;
import io.waybill.proto.restaurant.v1.RegisterRestaurant;
import io.waybill.proto.restaurant.v1.SetItem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rules of what stands inside a command, shown on orders. */
class OrderReadingTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";

    private final CommandType create =
            CommandCatalogue.standard().onTopic("ORDER/CREATE").orElseThrow();

    @Test
    void an_amount_is_kept_with_all_decimals_of_its_currency() {
        assertThat(price("12.5", "EUR")).isEqualTo("12.50");
        assertThat(price("12.5000", "eur")).isEqualTo("12.50");
        assertThat(price("200", "EUR")).isEqualTo("200.00");
        assertThat(price("200", "JPY")).isEqualTo("200");
        assertThat(price("0.001", "BHD")).isEqualTo("0.001");
    }

    @Test
    void an_amount_may_be_a_json_number_and_stays_exact() {
        CreateOrder order = (CreateOrder) valid(json(item("\"unit_price\": 9007199254740.93")));

        assertThat(order.getOrderItems(0).getUnitPrice()).isEqualTo("9007199254740.93");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "0",
                "0.00",
                "1e308",
                "1E3",
                "NaN",
                "Infinity",
                "0x10",
                "1,5",
                ".5",
                "5.",
                "123456789012345678901234567890",
                "1234567890123456",
                "12345678901234.567",
                "+1",
                "1 000"
            })
    void an_amount_that_is_none_is_refused_with_its_path(String amount) {
        Reading reading = json(item("\"unit_price\": \"%s\"".formatted(amount)));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid -> {
                            assertThat(invalid.violations().getFirst().field())
                                    .isEqualTo("order_items[0].unit_price");
                            assertThat(invalid.sentence()).contains("12.50");
                        });
    }

    @Test
    void a_number_beyond_all_bounds_is_refused_without_being_computed() {
        assertThat(json(item("\"unit_price\": 1e999999999"))).isInstanceOf(Reading.Invalid.class);
    }

    @Test
    void fractions_of_the_smallest_unit_are_refused() {
        Reading.Invalid invalid = (Reading.Invalid) json(item("\"unit_price\": \"12.505\""));

        assertThat(invalid.violations())
                .containsExactly(
                        new Violation(
                                "order_items[0].unit_price",
                                "has more decimals than EUR, which has 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EURO", "XXX", "E", "ZZZ", "€"})
    void a_currency_that_is_none_is_refused(String currency) {
        CreateOrder order = order().toBuilder().setCurrency(currency).build();

        assertThat(((Reading.Invalid) create.read(order)).violations())
                .extracting(Violation::field)
                .containsExactly("currency");
    }

    @ParameterizedTest
    @CsvSource({"0, 'but is 0'", "1000, 'but is 1000'"})
    void a_quantity_is_one_to_999(long quantity, String said) {
        CreateOrder order = order().toBuilder().setOrderItems(0, item(quantity)).build();

        Reading.Invalid invalid = (Reading.Invalid) create.read(order);

        assertThat(invalid.violations().getFirst().field()).isEqualTo("order_items[0].quantity");
        assertThat(invalid.sentence()).contains(said).contains("whole number from 1 to 999");
    }

    @Test
    void a_quantity_that_is_not_given_is_missing() {
        String nothing = json("{\"code\": \"A\", \"unit_price\": 1}", "EUR");

        assertThat(invalid(create.read(nothing.getBytes(StandardCharsets.UTF_8), "")).sentence())
                .isEqualTo(
                        "order_items[0].quantity is missing: must be a whole number from 1 to 999");
    }

    /** Somebody's older contract, in which 0 and an empty text are not carried. */
    @Test
    void what_protobuf_does_not_carry_is_missing_or_nothing() {
        OrderItem bare = item(1).toBuilder().clearQuantity().clearCode().build();
        CreateOrder order = order().toBuilder().setOrderItems(0, bare).build();

        assertThat(invalid(create.read(order.toByteArray(), "")).violations())
                .containsExactly(
                        new Violation(
                                "order_items[0].code",
                                "is missing or empty: must have 1 to 40 characters"),
                        new Violation(
                                "order_items[0].quantity",
                                "is missing or 0: must be a whole number from 1 to 999"));
    }

    @ParameterizedTest
    @CsvSource({
        "EUR, 9999999999999.99, 100, 9",
        "KWD, 999999999999.999, 100, 9",
        "KWD, 999999999999999, 2, 0",
        "JPY, 999999999999999, 10, 9"
    })
    void a_total_that_cannot_be_kept_is_refused_where_it_becomes_too_large(
            String currency, String price, int items, int at) {
        Reading whole = create.read(many(currency, price, items), "application/json");

        assertThat(invalid(whole).violations())
                .containsExactly(
                        new Violation(
                                "order_items[%d].unit_price".formatted(at),
                                "makes the total larger than can be kept exactly",
                                Violation.Code.AMOUNT_TOO_LARGE));
        if (at > 0) {
            assertThat(create.read(many(currency, price, at), "application/json"))
                    .isInstanceOf(Reading.Valid.class);
        }
    }

    @Test
    void an_amount_that_its_currency_cannot_keep_is_refused() {
        CommandType deposit = CommandCatalogue.standard().onTopic("PAYMENT/DEPOSIT").orElseThrow();
        Deposit.Builder units = Deposit.newBuilder().setCustomerId(ID).setCurrency("CLF");

        assertThat(deposit.read(units.setAmount("922337203685477").build()))
                .isInstanceOf(Reading.Valid.class);
        assertThat(invalid(deposit.read(units.setAmount("922337203685478").build())).violations())
                .containsExactly(
                        new Violation(
                                "amount",
                                "is larger than can be kept exactly in its currency",
                                Violation.Code.AMOUNT_TOO_LARGE));
    }

    private static byte[] many(String currency, String price, int count) {
        return json(
                        IntStream.range(0, count)
                                .mapToObj(
                                        i ->
                                                "{\"code\": \"%d\", \"unit_price\": %s, \"quantity\": 999}"
                                                        .formatted(i, price))
                                .collect(Collectors.joining(",")),
                        currency)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Reading.Invalid invalid(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Invalid.class);
        return (Reading.Invalid) reading;
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 4_294_967_295L})
    void a_quantity_that_may_have_been_negative_is_not_shown_as_a_large_one(long quantity) {
        CreateOrder order = order().toBuilder().setOrderItems(0, item(quantity)).build();

        Reading.Invalid invalid = (Reading.Invalid) create.read(order);

        assertThat(invalid.sentence())
                .isEqualTo("order_items[0].quantity must be a whole number from 1 to 999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "true", "[1]"})
    void what_is_no_number_is_of_the_wrong_kind(String quantity) {
        Reading reading = quantity(quantity);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Undecodable.class,
                        undecodable -> {
                            assertThat(undecodable.field()).isEqualTo("order_items[0].quantity");
                            assertThat(undecodable.reason()).contains("whole number");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-0",
                "1.5",
                "1e2",
                "1e308",
                "1e2147483647",
                "12345678901",
                "123456789012345678901234567890"
            })
    void a_number_that_is_no_quantity_breaks_its_rule(String quantity) {
        assertThat(quantity(quantity))
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid ->
                                assertThat(invalid.violations())
                                        .containsExactly(
                                                new Violation(
                                                        "order_items[0].quantity",
                                                        "must be a whole number from 1 to 999, but"
                                                                + " is "
                                                                + quantity)));
    }

    @Test
    void a_number_that_does_not_fit_is_named_among_all_that_is_wrong_and_repeated_in_part() {
        Reading.Invalid reading =
                (Reading.Invalid)
                        json(
                                """
                                {"code": "A", "unit_price": "0", "quantity": %s}"""
                                        .formatted("9".repeat(1_000)));

        assertThat(reading.violations())
                .extracting(Violation::field)
                .containsExactly("order_items[0].unit_price", "order_items[0].quantity");
        assertThat(reading.violations().getLast().rule()).endsWith("999...").hasSizeLessThan(150);
    }

    private Reading quantity(String quantity) {
        return json(
                """
                {"code": "A", "unit_price": "1", "quantity": %s}"""
                        .formatted(quantity));
    }

    @Test
    void an_unknown_field_is_refused_with_its_path_and_the_ones_there_are() {
        Reading.Undecodable reading =
                (Reading.Undecodable)
                        json(
                                "{\"code\": \"A\", \"unit_price\": \"1\", \"quantity\": 1, \"prize\": 2}");

        assertThat(reading.field()).isEqualTo("order_items[0].prize");
    }

    @Test
    void no_items_and_too_many_are_refused() {
        assertThat(create.read(order().toBuilder().clearOrderItems().build()))
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid ->
                                assertThat(invalid.sentence())
                                        .isEqualTo(
                                                "order_items must have 1 to 100 elements, but has 0"));
        CreateOrder.Builder many = order().toBuilder();
        IntStream.range(0, 100_000).forEach(i -> many.addOrderItems(item(1)));
        assertThat(create.read(many.build()))
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid ->
                                assertThat(invalid.sentence())
                                        .isEqualTo(
                                                "order_items must have 1 to 100 elements, but has 100001"));
    }

    @Test
    void no_code_may_come_twice() {
        CreateOrder twice = order().toBuilder().addOrderItems(item(2)).build();

        assertThat(((Reading.Invalid) create.read(twice)).violations())
                .extracting(Violation::field)
                .containsExactly("order_items[1].code");
    }

    @Test
    void the_same_order_written_differently_has_the_same_fingerprint() {
        Command one = command(json(item("\"unit_price\": 1.5")));
        Command other = command(json(item("\"unit_price\": \"1.50\"")));

        assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    }

    @Test
    void a_text_of_a_closed_list_is_one_of_it() {
        CommandType register =
                CommandCatalogue.standard().onTopic("RESTAURANT/REGISTER").orElseThrow();
        RegisterRestaurant given =
                RegisterRestaurant.newBuilder()
                        .setName("Noodles")
                        .setCurrency("EUR")
                        .setReview("MAYBE")
                        .build();

        assertThat(((Reading.Invalid) register.read(given)).sentence())
                .isEqualTo("review must be one of AUTO, MANUAL");
    }

    @Test
    void a_stock_of_none_is_a_stock() {
        CommandType set = CommandCatalogue.standard().onTopic("RESTAURANT/SET_ITEM").orElseThrow();
        SetItem none =
                SetItem.newBuilder()
                        .setId(ID)
                        .setCode("A")
                        .setName("A")
                        .setUnitPrice("1")
                        .setCurrency("EUR")
                        .setOnHand(0)
                        .build();

        assertThat(set.read(none)).isInstanceOf(Reading.Valid.class);
        assertThat(set.read(none.toBuilder().clearOnHand().build()))
                .isInstanceOf(Reading.Invalid.class);
    }

    @Test
    void every_undo_names_what_it_undoes() {
        assertThat(
                        CommandCatalogue.standard().types().stream()
                                .filter(
                                        type ->
                                                type.message()
                                                        .getOptions()
                                                        .getExtension(
                                                                io.waybill.proto.catalogue.v1
                                                                        .OptionsProto.command)
                                                        .getUndoesField()
                                                        .equals("undoes"))
                                .map(CommandType::topic)
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "SAGA/PAYMENT/VOID", "SAGA/RESTAURANT/RELEASE", "SAGA/SHOPPING/CANCEL");
    }

    private String price(String amount, String currency) {
        CreateOrder order =
                order().toBuilder()
                        .setCurrency(currency)
                        .setOrderItems(0, item(1).toBuilder().setUnitPrice(amount))
                        .build();
        return ((CreateOrder) valid(create.read(order))).getOrderItems(0).getUnitPrice();
    }

    private static String item(String price) {
        return "{\"code\": \"A\", \"quantity\": 1, %s}".formatted(price);
    }

    private Reading json(String item) {
        return create.read(json(item, "EUR").getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private static String json(String items, String currency) {
        return """
                {"customer_id": "%s", "restaurant_id": "%s", "currency": "%s", "order_items": [%s]}"""
                .formatted(ID, ID, currency, items);
    }

    private static OrderItem item(long quantity) {
        return OrderItem.newBuilder()
                .setCode("A")
                .setUnitPrice("1")
                .setQuantity((int) quantity)
                .build();
    }

    private static CreateOrder order() {
        return CreateOrder.newBuilder()
                .setCustomerId(ID)
                .setRestaurantId(ID)
                .setCurrency("EUR")
                .addOrderItems(item(1))
                .build();
    }

    private static Command command(Reading reading) {
        return ((Reading.Valid) reading).command();
    }

    private static com.google.protobuf.Message valid(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Valid.class);
        return command(reading).message();
    }
}
