package io.waybill.writer.order;

import static io.waybill.writer.order.Conversation.ID;
import static io.waybill.writer.order.Conversation.NINE;
import static io.waybill.writer.order.Conversation.nothingYet;
import static io.waybill.writer.order.Conversation.ordered;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.money.Money;
import io.waybill.writer.order.OrderCommand.Create;
import io.waybill.writer.order.OrderCommand.Line;
import io.waybill.writer.saga.Ask;
import io.waybill.writer.saga.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.IntStream;

class NewOrderTest {

    @Test
    void a_new_order_costs_the_exact_sum_of_its_prices_and_asks_for_the_customer() {
        Conversation order = ordered();

        order.happens(new OrderEvent.Created(Orders.terms(ID), NINE)).asks(Step.AUTHORIZE_CUSTOMER);
        assertThat(order.request().ask()).isEqualTo(new Ask.AuthorizeCustomer(Orders.CUSTOMER));
    }

    @Test
    void creating_it_again_changes_nothing_in_any_phase() {
        ordered().when(Orders.create(ID, NINE)).nothingHappens();
        ordered().cancelled().when(Orders.create(ID, NINE)).nothingHappens();
    }

    @Test
    void its_time_is_kept_to_the_microsecond() {
        Conversation order = nothingYet().when(Orders.create(ID, NINE.plusNanos(123_456_789)));

        assertThat(order.history().getFirst().at()).isEqualTo(NINE.plusNanos(123_456_000));
        assertThat(order.wakeUp().due()).isEqualTo(NINE.plusNanos(1_123_456_000));
    }

    @Test
    void a_hundred_cheap_things_add_up_without_rounding() {
        Line[] lines =
                IntStream.range(0, 100)
                        .mapToObj(i -> new Line("item " + i, "Item", "0.01", 999))
                        .toArray(Line[]::new);

        assertThat(total(nothingYet().when(Orders.create(ID, NINE, lines))))
                .isEqualTo(Money.of("EUR", 99_900));
    }

    @Test
    void currencies_have_their_own_decimals() {
        assertThat(total(nothingYet().when(create("JPY", new Line("a", "A", "120", 3)))))
                .isEqualTo(Money.of("JPY", 360));
        assertThat(total(nothingYet().when(create("KWD", new Line("a", "A", "1.234", 2)))))
                .isEqualTo(Money.of("KWD", 2468));
    }

    @ParameterizedTest
    @CsvSource({
        "92233720368547758.08, 1, order_items[0].unit_price, AMOUNT_TOO_LARGE",
        "92233720368547758.07, 2, order_items[0].unit_price, AMOUNT_TOO_LARGE",
        "999999999999999999999999999999, 1, order_items[0].unit_price, AMOUNT_TOO_LARGE",
        "1e308, 1, order_items[0].unit_price, AMOUNT_TOO_LARGE",
        "1e2147483647, 1, order_items[0].unit_price, AMOUNT_TOO_LARGE",
        "1e-2147483647, 1, order_items[0].unit_price, BAD_USER_INPUT",
        "1.005, 1, order_items[0].unit_price, BAD_USER_INPUT",
        "-1.00, 1, order_items[0].unit_price, BAD_USER_INPUT",
        "NaN, 1, order_items[0].unit_price, BAD_USER_INPUT",
        "'', 1, order_items[0].unit_price, BAD_USER_INPUT",
        "1.00, 0, order_items[0].quantity, BAD_USER_INPUT",
        "1.00, -1, order_items[0].quantity, BAD_USER_INPUT",
        "0.00, 1, order_items, BAD_USER_INPUT"
    })
    void what_is_no_price_or_too_large_is_refused_by_the_name_of_its_field(
            String unitPrice, int quantity, String field, RefusalCode code) {
        assertRefused(create("EUR", new Line("a", "A", unitPrice, quantity)), field, code);
    }

    @Test
    void a_sum_that_is_too_large_is_refused_and_never_wraps() {
        Line half = new Line("a", "A", "46116860184273879.04", 1);

        assertRefused(
                create("EUR", half, new Line("b", "B", "46116860184273879.04", 1)),
                "order_items[1].unit_price",
                RefusalCode.AMOUNT_TOO_LARGE);
        assertThat(total(nothingYet().when(create("EUR", half))))
                .isEqualTo(Money.of("EUR", 4_611_686_018_427_387_904L));
    }

    @Test
    void nothing_at_all_and_the_same_twice_are_refused() {
        assertRefused(create("EUR"), "order_items", RefusalCode.BAD_USER_INPUT);
        assertRefused(
                create("EUR", new Line("a", "A", "1.00", 1), new Line("a", "A", "1.00", 1)),
                "order_items[1].code",
                RefusalCode.BAD_USER_INPUT);
    }

    @ParameterizedTest
    @CsvSource({"EURO", "eur", "''", "XXX"})
    void what_is_no_currency_is_refused(String currency) {
        assertRefused(
                create(currency, new Line("a", "A", "1.00", 1)),
                "currency",
                RefusalCode.BAD_USER_INPUT);
    }

    private static void assertRefused(Create create, String field, RefusalCode code) {
        assertThat(nothingYet().when(create).decision())
                .isInstanceOfSatisfying(
                        OrderDecision.Refused.class,
                        refused -> {
                            assertThat(refused.field()).isEqualTo(field);
                            assertThat(refused.code()).isEqualTo(code);
                        });
    }

    private static Money total(Conversation order) {
        return ((OrderEvent.Created) order.history().getFirst()).terms().total();
    }

    private static Create create(String currency, Line... lines) {
        return new Create(
                ID, Orders.CUSTOMER, Orders.RESTAURANT, List.of(lines), currency, "", NINE);
    }
}
