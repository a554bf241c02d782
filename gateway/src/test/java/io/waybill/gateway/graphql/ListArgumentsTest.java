package io.waybill.gateway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.StandInContacts;
import io.waybill.gateway.standin.StandInGateway;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.CompletableFuture;

/** What lists ask the reader for, and how they say what is wrong with a filter or a page. */
class ListArgumentsTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";

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
        gateway.contacts().clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "orders(filter: {running: true}, orderBy: {direction: DESC}) | ListOrders page { first: 20 } filter { running: true } direction: DIRECTION_DESCENDING",
                "orders(filter: {total_from: 10, currency: \"eur\"}, orderBy: {direction: ASC}) | ListOrders page { first: 20 } filter { total_from: 1000 currency: \"EUR\" } direction: DIRECTION_ASCENDING",
                "orders(orderBy: {field: TOTAL}) | ListOrders page { first: 20 } order: ORDER_ORDER_TOTAL direction: DIRECTION_DESCENDING",
                "restaurants(orderBy: {field: NAME, direction: DESC}) | ListRestaurants page { first: 20 } direction: DIRECTION_DESCENDING order: RESTAURANT_ORDER_NAME",
                "restaurants(namePrefix: \"no\", orderBy: {direction: DESC}) | ListRestaurants page { first: 20 } name_prefix: \"no\" direction: DIRECTION_DESCENDING",
                "statement(customer_id: \"ID\", direction: DESC) | ListMovements customer_id: \"ID\" page { first: 20 } direction: DIRECTION_DESCENDING",
                "shoppingLists(restaurant_id: \"ID\", direction: DESC) | ListShoppingLists page { first: 20 } restaurant_id: \"ID\" direction: DIRECTION_DESCENDING",
                "deadLetters | dead letters page { first: 20 } direction: DIRECTION_DESCENDING",
                "deadLetters(last: 2, before: \"c\", direction: ASC) | dead letters page { last: 2 before: \"c\" } direction: DIRECTION_ASCENDING",
                "history(of: \"ID\", kind: ORDER) | GetHistory aggregate: \"order\" id: \"ID\" page { first: 100 } direction: DIRECTION_ASCENDING",
                "history(of: \"ID\", kind: ORDER, last: 2, before: \"c\") | GetHistory aggregate: \"order\" id: \"ID\" page { last: 2 before: \"c\" } direction: DIRECTION_ASCENDING",
                "history(of: \"ID\", kind: ORDER, first: 2, direction: DESC) | GetHistory aggregate: \"order\" id: \"ID\" page { first: 2 } direction: DIRECTION_DESCENDING",
            })
    void a_direction_alone_leaves_the_order_to_the_filter(String field, String asked) {
        door.execute("{ " + field.replace("ID", ID) + " { pageInfo { hasNextPage } } }");

        assertThat(gateway.contacts().calls())
                .extracting(StandInContacts.Call::what)
                .map(what -> what.strip().replaceAll("\\s+", " "))
                .containsExactly(asked.replace("ID", ID));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "orders(filter: {customer_id: \"\"}) | filter.customer_id | must not be empty; leave it out",
                "orders(filter: {restaurant_id: \" \"}) | filter.restaurant_id | must not be empty; leave it out",
                "orders(filter: {product: \"\"}) | filter.product | must not be empty; leave it out",
                "orders(filter: {currency: \"nonsense\"}) | filter.currency | must be a currency of ISO 4217 such as EUR",
                "orders(filter: {currency: \"XXX\"}) | filter.currency | must be a currency of ISO 4217 such as EUR",
                "orders(filter: {total_from: 1}) | filter.currency | must be given with a range of totals",
                "orders(filter: {total_to: \"1.005\", currency: \"EUR\"}) | filter.total_to | must be an amount of EUR such as 12.50, not negative",
                "orders(filter: {total_to: -1, currency: \"EUR\"}) | filter.total_to | must be an amount of EUR such as 12.50, not negative",
                "orders(filter: {total_to: \"1e999999999\", currency: \"EUR\"}) | filter.total_to | must be an amount of EUR such as 12.50, not negative",
                "contacts(filter: {email: \"\"}) | filter.email | must not be empty; leave it out",
                "shoppingLists(restaurant_id: \"\") | restaurant_id | must not be empty; leave it out",
                "deadLetters(topic: \" \") | topic | must not be empty; leave it out",
            })
    void a_filter_that_makes_no_sense_is_refused_at_its_path_and_nothing_is_read(
            String field, String path, String rule) {
        var answer = door.execute("{ " + field + " { pageInfo { hasNextPage } } }");

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.field()).isEqualTo(path);
        assertThat(answer.message()).isEqualTo(path + " " + rule);
        assertThat(gateway.contacts().calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "page.after | page.after must be a cursor that this list gave | after | after must be a cursor that this list gave",
                "page.before | page.before must be a cursor | before | before must be a cursor",
                "order | order must fit the filter: contacts with a name_prefix are listed by name | orderBy | orderBy must fit the filter: contacts with a namePrefix are listed by name",
                "filter.created_to | filter.created_to must not be before | filter.created_to | filter.created_to must not be before",
            })
    void what_the_reader_refuses_is_said_of_the_argument_that_was_given(
            String theirs, String sentence, String ours, String said) {
        gateway.contacts()
                .answersAfter(
                        () ->
                                CompletableFuture.failedFuture(
                                        WaybillException.badInput(theirs, sentence)));

        var answer = door.execute("{ orders(first: 1) { pageInfo { hasNextPage } } }");

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.field()).isEqualTo(ours);
        assertThat(answer.message()).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "contact(id: \"ID\", atVersion: 3) | GetAt aggregate: \"contact\" id: \"ID\" version: 3",
                "getContact(id: \"ID\", atTime: \"2026-01-01T00:00:00Z\") | GetAt aggregate: \"contact\" id: \"ID\" time { seconds: 1767225600 }",
            })
    void a_contact_is_read_as_it_was_like_all_else(String field, String asked) {
        door.execute("{ " + field.replace("ID", ID) + " { name } }");

        assertThat(gateway.contacts().calls())
                .extracting(StandInContacts.Call::what)
                .map(what -> what.strip().replaceAll("\\s+", " "))
                .containsExactly(asked.replace("ID", ID));
    }
}
