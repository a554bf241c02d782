package io.waybill.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.gateway.rest.RestDoor.Answer;
import io.waybill.proto.account.v1.AccountView;
import io.waybill.proto.account.v1.AuthorizationView;
import io.waybill.proto.account.v1.MovementView;
import io.waybill.proto.common.v1.Money;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.reader.v1.ContactEdge;
import io.waybill.proto.reader.v1.GetHistoryResponse;
import io.waybill.proto.reader.v1.HistoryEvent;
import io.waybill.proto.reader.v1.ListContactsResponse;
import io.waybill.proto.reader.v1.ListMovementsResponse;
import io.waybill.proto.reader.v1.ListOrdersResponse;
import io.waybill.proto.reader.v1.ListRestaurantsResponse;
import io.waybill.proto.reader.v1.ListShoppingListsResponse;
import io.waybill.proto.reader.v1.MovementEdge;
import io.waybill.proto.reader.v1.PageInfo;
import io.waybill.proto.restaurant.v1.MenuItemView;
import io.waybill.proto.restaurant.v1.RestaurantView;
import io.waybill.proto.shopping.v1.ShoppingListStatus;
import io.waybill.proto.shopping.v1.ShoppingListView;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read over HTTP: what a query asks of the reader, and how its answer looks. */
class ListsOverRestTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-000000000001";

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
    void put() {
        door.house.clear();
        door.house.pages.put("ListOrders", ListOrdersResponse.getDefaultInstance());
        door.house.pages.put("ListContacts", ListContactsResponse.getDefaultInstance());
        door.house.pages.put("ListMovements", ListMovementsResponse.getDefaultInstance());
        door.house.pages.put("ListRestaurants", ListRestaurantsResponse.getDefaultInstance());
        door.house.pages.put("ListShoppingLists", ListShoppingListsResponse.getDefaultInstance());
        door.house.pages.put("GetHistory", GetHistoryResponse.getDefaultInstance());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/orders | page { first: 20 } direction: DIRECTION_DESCENDING",
                "/orders?first=2&after=c1 | page { first: 2 after: \"c1\" } direction: DIRECTION_DESCENDING",
                "/orders?last=3&before=c9&direction=asc | page { last: 3 before: \"c9\" } direction: DIRECTION_ASCENDING",
                "/orders?customer_id=ID&status=pending | page { first: 20 } filter { customer_id: \"ID\" status: ORDER_STATUS_PENDING } direction: DIRECTION_DESCENDING",
                "/orders?created_from=2026-01-01T00:00:00Z&created_to=2026-01-01T01:00:00%2B01:00 | page { first: 20 } filter { created_from { seconds: 1767225600 } created_to { seconds: 1767225600 } } direction: DIRECTION_DESCENDING",
                "/orders?total_from=12.5&total_to=100&currency=EUR&order_by=TOTAL&direction=ASC | page { first: 20 } filter { total_from: 1250 total_to: 10000 currency: \"EUR\" } order: ORDER_ORDER_TOTAL direction: DIRECTION_ASCENDING",
                "/orders?review_open=true&restaurant_id=ID | page { first: 20 } filter { restaurant_id: \"ID\" review_open: true }",
                "/orders?running=true | page { first: 20 } filter { running: true }",
                "/orders/ID/history | aggregate: \"order\" id: \"ID\" page { first: 20 }",
                "/orders/ID/history?last=2&before=c9&direction=desc | aggregate: \"order\" id: \"ID\" page { last: 2 before: \"c9\" } direction: DIRECTION_DESCENDING",
                "/contacts?name_prefix=ad | page { first: 20 } name_prefix: \"ad\"",
                "/contacts?order_by=name&direction=DESC | page { first: 20 } order: CONTACT_ORDER_NAME direction: DIRECTION_DESCENDING",
                "/accounts/ID/statement?last=5 | customer_id: \"ID\" page { last: 5 }",
                "/restaurants?name_prefix=no | page { first: 20 } name_prefix: \"no\"",
                "/shopping-lists?restaurant_id=ID&status=INITIATED | page { first: 20 } restaurant_id: \"ID\" status: SHOPPING_LIST_STATUS_INITIATED"
            })
    void a_query_is_asked_of_the_reader(String target, String request) {
        Answer answer = door.get("/api" + target.replace("ID", ID));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(door.house.asked.getFirst().request().toString().strip().replaceAll("\\s+", " "))
                .isEqualTo(request.replace("ID", ID));
        assertThat(answer.body())
                .isEqualTo("{\"entries\":[],\"has_next_page\":false,\"has_previous_page\":false}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/orders?colour=red | colour | is not known; the parameters here are first, after, last, before, customer_id,",
                "/orders?first=0 | first | must be a whole number from 1 to 1000",
                "/orders?first=1001 | first | must be a whole number from 1 to 1000",
                "/orders?first=ten | first | must be a whole number from 1 to 1000",
                "/orders?first=1&first=2 | first | is given twice",
                "/orders?status=NEW | status | must be one of PENDING, APPROVED, READY, COLLECTED, REJECTED, CANCELLED",
                "/orders?created_from=yesterday | created_from | must be a time such as 2026-01-31T12:34:56Z",
                "/orders?running=yes | running | must be true or false",
                "/orders?total_from=1 | currency | must be named beside total_from",
                "/orders?total_from=1&currency=EUX | currency | must be named beside total_from",
                "/orders?total_from=0.001&currency=EUR | total_from | must be an amount in EUR",
                "/orders?total_to=-1&currency=EUR | total_to | must be an amount such as 12.50",
                "/orders?product= | product | must have 1 to 1000 characters",
                "/orders?after_command=it | after_command | must be a command_id",
                "/orders/ID?first=1 | first | is not known; the parameters here are after_command",
                "/commands/ID?wait=1 | wait | is not known; this address takes no parameters"
            })
    void a_parameter_that_is_none_is_named(String target, String field, String detail) {
        Answer answer = door.get("/api" + target.replace("ID", ID));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("field")).isEqualTo(field);
        assertThat(answer.text("detail")).contains(field + " " + detail);
        assertThat(door.house.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "page.after | page.after must be a cursor that this list gave | after | after must be a cursor that this list gave",
                "page.last | page.last must be left out where page.first is given | last | last must be left out where first is given",
                "filter.created_to | filter.created_to must not be before the beginning | created_to | created_to must not be before the beginning",
                "order | order must fit the filter | order_by | order_by must fit the filter",
            })
    void what_the_reader_refuses_is_said_of_the_parameter_that_was_given(
            String theirs, String sentence, String ours, String said) {
        door.house.readerTrouble = WaybillException.badInput(theirs, sentence);

        Answer answer = door.get("/api/orders?first=1");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("field")).isEqualTo(ours);
        assertThat(answer.text("detail")).isEqualTo(said);
    }

    @Test
    void a_page_has_its_entries_and_its_cursors() {
        door.house.pages.put(
                "ListContacts",
                ListContactsResponse.newBuilder()
                        .addEdges(edge("c1", contact("1", "Ada")))
                        .addEdges(edge("c2", contact("2", "Bob")))
                        .setHasNextPage(true)
                        .build());

        assertThat(door.get("/api/contacts").body())
                .isEqualTo(
                        "{\"entries\":[{\"id\":\"1\",\"name\":\"Ada\",\"version\":1,\"disabled\":false},{\"id\":\"2\",\"name\":\"Bob\",\"version\":1,\"disabled\":false}],\"start_cursor\":\"c1\",\"end_cursor\":\"c2\",\"has_next_page\":true,\"has_previous_page\":false}");
    }

    @Test
    void an_account_shows_amounts_in_its_currency() {
        door.house.put(
                ViewKind.ACCOUNT,
                AccountView.newBuilder()
                        .setCustomerId(ID)
                        .setDeposited(euros(100_00))
                        .setBalance(euros(87_50))
                        .setHeld(euros(12_50))
                        .setDebited(euros(0))
                        .setWithdrawn(euros(0))
                        .addAuthorizations(
                                AuthorizationView.newBuilder()
                                        .setPaymentId(ID)
                                        .setAmount(euros(12_50)))
                        .setVersion(2)
                        .build());

        assertThat(door.get("/api/accounts/" + ID).body())
                .isEqualTo(
                        "{\"customer_id\":\"%s\",\"deposited\":100.00,\"currency\":\"EUR\",\"balance\":87.50,\"held\":12.50,\"debited\":0.00,\"withdrawn\":0.00,\"authorizations\":[{\"payment_id\":\"%s\",\"amount\":12.50}],\"version\":2}"
                                .formatted(ID, ID));
    }

    @Test
    void a_statement_shows_each_movement_with_what_it_left() {
        door.house.pages.put(
                "ListMovements",
                ListMovementsResponse.newBuilder()
                        .addEdges(
                                MovementEdge.newBuilder()
                                        .setCursor("c")
                                        .setNode(
                                                MovementView.newBuilder()
                                                        .setCustomerId(ID)
                                                        .setVersion(3)
                                                        .setKind("PAYMENT_DEBITED")
                                                        .setAmount(euros(5))
                                                        .setBalance(euros(95))
                                                        .setOrderId(ID)))
                        .setPageInfo(PageInfo.newBuilder().setHasPreviousPage(true))
                        .build());

        Answer statement = door.get("/api/accounts/%s/statement".formatted(ID));

        assertThat(statement.json().at("/entries/0").toString())
                .isEqualTo(
                        "{\"customer_id\":\"%s\",\"version\":3,\"kind\":\"PAYMENT_DEBITED\",\"amount\":0.05,\"currency\":\"EUR\",\"balance\":0.95,\"order_id\":\"%s\"}"
                                .formatted(ID, ID));
        assertThat(statement.json().get("has_previous_page").asBoolean()).isTrue();
    }

    @Test
    void restaurants_and_shopping_lists_are_shown() {
        door.house.put(
                ViewKind.RESTAURANT,
                RestaurantView.newBuilder()
                        .setId(ID)
                        .setName("Noodle bar")
                        .setCurrency("EUR")
                        .setReview("AUTO")
                        .setOpen(true)
                        .addMenu(
                                MenuItemView.newBuilder()
                                        .setCode("A")
                                        .setName("Noodles")
                                        .setUnitPrice(euros(9_50))
                                        .setOnHand(10)
                                        .setReserved(2)
                                        .setAvailable(8))
                        .build());
        door.house.put(
                ViewKind.SHOPPING,
                ShoppingListView.newBuilder()
                        .setOrderId(ID)
                        .setRestaurantId(ID)
                        .setStatus(ShoppingListStatus.SHOPPING_LIST_STATUS_ASSIGNED)
                        .setAssignee("Cook 1")
                        .build());

        assertThat(door.get("/api/restaurants/" + ID).json().at("/menu/0").toString())
                .isEqualTo(
                        "{\"code\":\"A\",\"name\":\"Noodles\",\"unit_price\":9.50,\"on_hand\":10,\"reserved\":2,\"available\":8}");
        assertThat(door.get("/api/shopping-lists/" + ID).text("status")).isEqualTo("ASSIGNED");
        assertThat(door.get("/api/contacts/" + ID).status()).isEqualTo(404);
    }

    @Test
    void a_history_shows_events_as_they_are() {
        door.house.pages.put(
                "GetHistory",
                GetHistoryResponse.newBuilder()
                        .addEvents(
                                HistoryEvent.newBuilder()
                                        .setCursor("c1")
                                        .setVersion(1)
                                        .setName("CREATED")
                                        .setJson("{\"id\": \"x\"}"))
                        .build());

        Answer history = door.get("/api/orders/%s/history".formatted(ID));

        assertThat(history.json().at("/entries/0/event/id").asString()).isEqualTo("x");
        assertThat(history.text("end_cursor")).isEqualTo("c1");
    }

    @Test
    void an_answer_may_be_asked_to_be_no_older_than_a_command() {
        door.house.put(ViewKind.CONTACT, contact(ID, "Ada"));

        door.get("/api/contacts/%s?after_command=%s".formatted(ID, ID));

        assertThat(door.house.asked.getFirst().freshness())
                .isEqualTo(new Freshness.AfterCommand(ID));
        door.house.readerTrouble =
                new WaybillException(ErrorCode.AFTER_COMMAND_TIMEOUT, "it did not come in time");
        Answer late = door.get("/api/contacts/%s?after_command=%s".formatted(ID, ID));
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.text("code")).isEqualTo("AFTER_COMMAND_TIMEOUT");
    }

    @Test
    void what_cannot_be_asked_for_together_is_said_as_the_reader_says_it() {
        door.house.readerTrouble =
                WaybillException.badInput("filter", "filter takes one of these at a time");

        Answer answer = door.get("/api/orders?product=a&status=READY");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).isEqualTo("filter takes one of these at a time");
        assertThat(answer.json().has("field")).isFalse();
    }

    @Test
    void a_head_is_answered_without_a_body() {
        Answer head = door.send("HEAD", "/api/contacts", "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    private static ContactEdge edge(String cursor, ContactView node) {
        return ContactEdge.newBuilder().setCursor(cursor).setNode(node).build();
    }

    private static ContactView contact(String id, String name) {
        return ContactView.newBuilder().setId(id).setName(name).setVersion(1).build();
    }

    private static Money euros(long cents) {
        return Money.newBuilder().setCurrency("EUR").setMinor(cents).build();
    }
}
