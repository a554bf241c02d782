package io.waybill.database.query;

import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.id;
import static io.waybill.database.order.OrderEvents.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.TestDatabase;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.database.order.OrderEvents;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.order.v1.OrderStatus;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.query.v1.GetViewsRequest;
import io.waybill.proto.query.v1.ListViewsRequest;
import io.waybill.proto.query.v1.ListViewsResponse;
import io.waybill.proto.query.v1.Value;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Failures;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Each list of orders against the same list made by looking at every order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderListsTest {

    private static final int ORDERS = 120;
    private static final Comparator<OrderView> BY_CREATION =
            Comparator.comparingLong((OrderView order) -> order.getCreated().getSeconds())
                    .thenComparingLong(OrderView::getCreatedPosition);
    private static final Comparator<OrderView> BY_TOTAL =
            Comparator.comparing((OrderView order) -> order.getTotal().getCurrency())
                    .thenComparingLong(order -> order.getTotal().getMinor())
                    .thenComparingLong(OrderView::getCreatedPosition);

    private TestDatabase database;
    private List<OrderView> all;

    /** A list, and how it is made by looking at every order. */
    record Case(String index, List<Value> equal, Predicate<OrderView> filter, boolean byTotal) {

        @Override
        public String toString() {
            return index + " " + equal.size();
        }
    }

    @BeforeAll
    void fill(@TempDir Path folder) {
        database = TestDatabase.on(new MemoryEngine("store", "incarnation"), folder);
        Random random = new Random(11);
        List<ProposedCommit.Builder> commits = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            commits.add(created(i, random));
        }
        for (int i = 0; i < ORDERS; i += 3) {
            commits.add(
                    of(i, 1, new OrderEvents(id("o" + i)).rejected("REVIEW", "X", seconds(5_000))));
        }
        database.append(commits.toArray(ProposedCommit.Builder[]::new));
        all =
                database
                        .views()
                        .getViews(
                                GetViewsRequest.newBuilder()
                                        .setView("order")
                                        .addAllIds(
                                                IntStream.range(0, ORDERS)
                                                        .mapToObj(i -> id("o" + i))
                                                        .toList())
                                        .setFreshness(TestDatabase.LOG_END)
                                        .build())
                        .getViewsList()
                        .stream()
                        .map(OrderListsTest::order)
                        .toList();
        assertThat(all).hasSize(ORDERS);
    }

    private static ProposedCommit.Builder created(int i, Random random) {
        List<String> codes = List.of("pizza", "pizza bread", "wine");
        return of(
                i,
                0,
                new OrderEvents(id("o" + i))
                        .created(
                                id("customer " + random.nextInt(4)),
                                id("restaurant " + random.nextInt(3)),
                                codes.subList(random.nextInt(2), 2 + random.nextInt(2)),
                                money(
                                        random.nextBoolean() ? "EUR" : "USD",
                                        1 + random.nextInt(900)),
                                // Not in the order of the log.
                                seconds(1_000 + random.nextInt(500))));
    }

    private static ProposedCommit.Builder of(int i, long version, Message event) {
        return applied("c" + i + "." + version, "x", version, event)
                .setStream("order/" + id("o" + i));
    }

    @AfterAll
    void stop() {
        database.close();
    }

    private static Timestamp seconds(long seconds) {
        return Timestamps.fromSeconds(seconds);
    }

    private static OrderView order(ByteString row) {
        try {
            return OrderView.parseFrom(row);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static Value text(String text) {
        return Value.newBuilder().setText(text).build();
    }

    private static Value number(long number) {
        return Value.newBuilder().setNumber(number).build();
    }

    private static Value time(long seconds) {
        return Value.newBuilder().setTime(seconds(seconds)).build();
    }

    static Stream<Case> cases() {
        String customer = id("customer 1");
        String restaurant = id("restaurant 2");
        long rejected = OrderStatus.ORDER_STATUS_REJECTED_VALUE;
        Predicate<OrderView> hers = order -> order.getCustomerId().equals(customer);
        Predicate<OrderView> there = order -> order.getRestaurantId().equals(restaurant);
        Predicate<OrderView> over = order -> order.getStatusValue() == rejected;
        Predicate<OrderView> pizza =
                order -> order.getItemsList().stream().map(Item::getCode).anyMatch("pizza"::equals);
        return Stream.of(false, true)
                .flatMap(
                        total -> {
                            String by = total ? "total" : "created";
                            return Stream.of(
                                    new Case(by, List.of(), order -> true, total),
                                    new Case("customer-" + by, texts(customer), hers, total),
                                    new Case("restaurant-" + by, texts(restaurant), there, total),
                                    new Case("product-" + by, texts("pizza"), pizza, total),
                                    new Case(
                                            "status-" + by, List.of(number(rejected)), over, total),
                                    new Case(
                                            "restaurant-status-" + by,
                                            List.of(text(restaurant), number(rejected)),
                                            there.and(over),
                                            total),
                                    new Case(
                                            "customer-status-" + by,
                                            List.of(text(customer), number(rejected)),
                                            hers.and(over),
                                            total));
                        });
    }

    private static List<Value> texts(String text) {
        return List.of(text(text));
    }

    private static ListViewsRequest.Builder list(Case list) {
        return ListViewsRequest.newBuilder()
                .setView("order")
                .setIndex(list.index())
                .addAllEqual(list.equal())
                .setLimit(1_000);
    }

    private List<OrderView> expected(Case list, Predicate<OrderView> within) {
        return all.stream()
                .filter(list.filter().and(within))
                .sorted(list.byTotal() ? BY_TOTAL : BY_CREATION)
                .toList();
    }

    private List<OrderView> read(ListViewsRequest.Builder request) {
        ListViewsResponse page = database.views().listViews(request.build());
        return page.getRowsList().stream().map(row -> order(row.getView())).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_list_has_what_its_filter_leaves_in_its_order_both_ways(Case list) {
        List<OrderView> expected = expected(list, order -> true);

        assertThat(expected).hasSizeGreaterThan(2);
        assertThat(read(list(list))).isEqualTo(expected);
        assertThat(read(list(list).setBackwards(true))).isEqualTo(expected.reversed());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_range_has_both_its_ends(Case list) {
        if (list.byTotal()) {
            Predicate<OrderView> euros = order -> order.getTotal().getCurrency().equals("EUR");
            List<OrderView> whole = expected(list, euros);
            long from = whole.get(whole.size() / 3).getTotal().getMinor();
            long to = whole.get(whole.size() * 2 / 3).getTotal().getMinor();
            ListViewsRequest.Builder request = list(list).addEqual(text("EUR"));
            Predicate<OrderView> atLeast = order -> order.getTotal().getMinor() >= from;
            Predicate<OrderView> atMost = order -> order.getTotal().getMinor() <= to;
            assertThat(read(request.clone())).isEqualTo(whole);
            assertThat(read(request.clone().setFrom(number(from)).setTo(number(to))))
                    .isEqualTo(expected(list, euros.and(atLeast).and(atMost)));
            assertThat(read(request.clone().setFrom(number(from))))
                    .isEqualTo(expected(list, euros.and(atLeast)));
            assertThat(read(request.clone().setTo(number(to))))
                    .isEqualTo(expected(list, euros.and(atMost)));
        } else {
            List<OrderView> whole = expected(list, order -> true);
            long from = whole.get(whole.size() / 3).getCreated().getSeconds();
            long to = whole.get(whole.size() * 2 / 3).getCreated().getSeconds();
            assertThat(read(list(list).setFrom(time(from)).setTo(time(to))))
                    .isEqualTo(
                            expected(
                                    list,
                                    order ->
                                            order.getCreated().getSeconds() >= from
                                                    && order.getCreated().getSeconds() <= to));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pages_together_are_the_whole_list_both_ways(Case list) {
        for (boolean backwards : new boolean[] {false, true}) {
            List<OrderView> read = new ArrayList<>();
            ListViewsResponse page = ListViewsResponse.newBuilder().setMore(true).build();
            ByteString beyond = ByteString.EMPTY;
            while (page.getMore()) {
                page =
                        database.views()
                                .listViews(
                                        list(list)
                                                .setLimit(7)
                                                .setBackwards(backwards)
                                                .setBeyond(beyond)
                                                .build());
                page.getRowsList().forEach(row -> read.add(order(row.getView())));
                beyond = page.getRows(page.getRowsCount() - 1).getKey();
            }
            List<OrderView> expected = expected(list, order -> true);
            assertThat(read).isEqualTo(backwards ? expected.reversed() : expected);
        }
    }

    @Test
    void a_product_is_no_beginning_of_another() {
        ListViewsRequest.Builder request =
                ListViewsRequest.newBuilder()
                        .setView("order")
                        .setIndex("product-created")
                        .setLimit(1_000)
                        .addEqual(text("pizza b"));
        assertThat(read(request)).isEmpty();
    }

    @Test
    void values_that_do_not_fit_the_index_are_refused_naming_the_field() {
        Case customers = cases().skip(1).findFirst().orElseThrow();
        ListViewsRequest.Builder list = list(customers);
        assertBadInput("equal[0]", () -> read(list.clone().setEqual(0, number(1))));
        assertBadInput("equal[1]", () -> read(list.clone().addEqual(text("x"))));
        assertBadInput("from", () -> read(list.clone().setFrom(text("x"))));
        assertBadInput("to", () -> read(list.clone().setFrom(time(9)).setTo(time(1))));
        assertBadInput("begins_with", () -> read(list.clone().setBeginsWith("x")));
        assertBadInput("begins_with", () -> read(list.clone().setFrom(time(1)).setBeginsWith("x")));
        assertBadInput(
                "equal[3]",
                () -> read(list.clone().addEqual(time(1)).addEqual(number(1)).addEqual(number(1))));
    }

    private static void assertBadInput(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(
                        thrown -> {
                            WaybillException failure = Failures.fromStatus(thrown, "the database");
                            assertThat(failure.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
                            assertThat(failure.field()).contains(field);
                        });
    }
}
