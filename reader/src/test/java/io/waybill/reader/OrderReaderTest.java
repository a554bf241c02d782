package io.waybill.reader;

import static io.waybill.reader.StoredWorld.NOW;
import static io.waybill.reader.StoredWorld.at;
import static io.waybill.reader.StoredWorld.id;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;

import io.grpc.Status;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.common.v1.Money;
import io.waybill.proto.order.v1.OrderCreated;
import io.waybill.proto.order.v1.OrderRejected;
import io.waybill.proto.order.v1.OrderReviewRequested;
import io.waybill.proto.order.v1.OrderStatus;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.order.v1.SagaPhase;
import io.waybill.proto.reader.v1.BatchGetOrdersRequest;
import io.waybill.proto.reader.v1.Direction;
import io.waybill.proto.reader.v1.GetOrderRequest;
import io.waybill.proto.reader.v1.ListOrdersRequest;
import io.waybill.proto.reader.v1.ListOrdersResponse;
import io.waybill.proto.reader.v1.OrderEdge;
import io.waybill.proto.reader.v1.OrderFilter;
import io.waybill.proto.reader.v1.OrderOrder;
import io.waybill.proto.reader.v1.OrderReaderGrpc;
import io.waybill.proto.reader.v1.OrderReaderGrpc.OrderReaderBlockingStub;
import io.waybill.proto.reader.v1.Page;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Ten orders, an hour apart: 0 to 9. The even ones are Ada's, those below 5 at the Bella's. 1 and 6
 * are rejected, 3 and 8 are under review, the Bella's first of them until later than the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderReaderTest {

    private StoredWorld world;
    private OrderReaderBlockingStub orders;

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        world = new StoredWorld(folder);
        for (int i = 0; i < 10; i++) {
            world.happens(
                    at(50_000 - i * 1_000L),
                    "order",
                    "order " + i,
                    OrderCreated.newBuilder()
                            .setId(id("order " + i))
                            .setCustomerId(id(i % 2 == 0 ? "ada" : "bob"))
                            .setRestaurantId(id(i < 5 ? "bella" : "curry"))
                            .addItems(Item.newBuilder().setCode(i % 3 == 0 ? "pizza" : "wine"))
                            .addItems(Item.newBuilder().setCode("bread"))
                            .setTotal(
                                    Money.newBuilder()
                                            .setCurrency(i < 8 ? "EUR" : "USD")
                                            .setMinor(1_000 - 100 * i))
                            .setAt(at(3_600L * i))
                            .build());
        }
        for (int i : new int[] {1, 6}) {
            world.append(
                    world.next(
                                    "order/" + id("order " + i),
                                    OrderRejected.newBuilder()
                                            .setStep("REVIEW")
                                            .setCode("RESTAURANT_CLOSED")
                                            .setAt(at(90_000))
                                            .build())
                            .addTimersCleared("saga"));
        }
        for (int i : new int[] {3, 8}) {
            world.happens(
                    at(i == 3 ? 70_000 : 60_000),
                    "order",
                    "order " + i,
                    OrderReviewRequested.newBuilder()
                            .setDeadline(at(i == 3 ? 70_000 : 60_000))
                            .setAt(at(90_000))
                            .build());
        }
        orders =
                OrderReaderGrpc.newBlockingStub(world.client())
                        .withDeadlineAfter(Duration.ofMinutes(5));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static ListOrdersRequest.Builder list(UnaryOperator<OrderFilter.Builder> filter) {
        return ListOrdersRequest.newBuilder()
                .setPage(Page.newBuilder().setFirst(100))
                .setFilter(filter.apply(OrderFilter.newBuilder()))
                .setReadAfter(NOW);
    }

    private static ListOrdersRequest.Builder all() {
        return list(UnaryOperator.identity());
    }

    private List<Integer> numbers(ListOrdersRequest.Builder request) {
        return numbers(orders.listOrders(request.build()));
    }

    private static List<Integer> numbers(ListOrdersResponse page) {
        return page.getEdgesList().stream().map(OrderReaderTest::number).toList();
    }

    private static int number(OrderEdge edge) {
        for (int i = 0; i < 10; i++) {
            if (edge.getNode().getId().equals(id("order " + i))) {
                return i;
            }
        }
        throw new AssertionError(edge);
    }

    private WaybillException refused(String field, ListOrdersRequest.Builder request) {
        WaybillException failure =
                RunningReader.failure(
                        Status.Code.INVALID_ARGUMENT,
                        ErrorCode.BAD_USER_INPUT,
                        () -> orders.listOrders(request.build()));
        assertThat(failure.field()).contains(field);
        assertThat(failure.sentence()).startsWith(field);
        return failure;
    }

    @Test
    void an_order_is_read_with_its_saga() {
        OrderView order =
                orders.getOrder(
                                GetOrderRequest.newBuilder()
                                        .setId(id("order 3").toUpperCase(Locale.ROOT))
                                        .setReadAfter(NOW)
                                        .build())
                        .getOrder();
        assertThat(order.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_PENDING);
        assertThat(order.getSaga().getPhase()).isEqualTo(SagaPhase.SAGA_PHASE_REVIEW_OPEN);
        assertThat(order.getSaga().getNextWake()).isEqualTo(at(70_000));
        assertThat(order.getSaga().getStepsCount()).isEqualTo(8);
    }

    @Test
    void an_unknown_order_is_not_found() {
        WaybillException failure =
                RunningReader.failure(
                        Status.Code.NOT_FOUND,
                        ErrorCode.NOT_FOUND,
                        () -> orders.getOrder(GetOrderRequest.newBuilder().setId("x").build()));
        assertThat(failure.sentence()).isEqualTo("order with id x not found");
    }

    @Test
    void several_orders_come_in_the_order_asked() {
        assertThat(
                        orders.batchGetOrders(
                                        BatchGetOrdersRequest.newBuilder()
                                                .addIds(id("order 7"))
                                                .addIds("x")
                                                .addIds(id("order 2"))
                                                .setReadAfter(NOW)
                                                .build())
                                .getOrdersList())
                .extracting(OrderView::getId)
                .containsExactly(id("order 7"), id("order 2"));
    }

    @Test
    void orders_are_listed_by_creation_and_by_total_both_ways() {
        assertThat(numbers(all())).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(numbers(all().setDirection(Direction.DIRECTION_DESCENDING)))
                .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        // Dollars come after euros, whatever the amounts.
        assertThat(numbers(all().setOrder(OrderOrder.ORDER_ORDER_TOTAL)))
                .containsExactly(7, 6, 5, 4, 3, 2, 1, 0, 9, 8);
    }

    @Test
    void orders_are_found_by_each_filter() {
        assertThat(numbers(list(f -> f.setCustomerId(id("ada"))))).containsExactly(0, 2, 4, 6, 8);
        assertThat(numbers(list(f -> f.setRestaurantId(id("curry")))))
                .containsExactly(5, 6, 7, 8, 9);
        assertThat(numbers(list(f -> f.setProduct("pizza")))).containsExactly(0, 3, 6, 9);
        assertThat(numbers(list(f -> f.setProduct("bread")))).hasSize(10);
        assertThat(numbers(list(f -> f.setStatus(OrderStatus.ORDER_STATUS_REJECTED))))
                .containsExactly(1, 6);
        assertThat(
                        numbers(
                                list(
                                        f ->
                                                f.setRestaurantId(id("bella"))
                                                        .setStatus(
                                                                OrderStatus
                                                                        .ORDER_STATUS_REJECTED))))
                .containsExactly(1);
        assertThat(
                        numbers(
                                list(f ->
                                                f.setCustomerId(id("ada"))
                                                        .setStatus(
                                                                OrderStatus.ORDER_STATUS_PENDING))
                                        .setOrder(OrderOrder.ORDER_ORDER_TOTAL)))
                .containsExactly(4, 2, 0, 8);
        assertThat(numbers(list(f -> f.setCustomerId("no id at all")))).isEmpty();
    }

    @Test
    void dates_and_totals_are_ranges_with_both_their_ends() {
        assertThat(numbers(list(f -> f.setCreatedFrom(at(7_200)).setCreatedTo(at(14_400)))))
                .containsExactly(2, 3, 4);
        assertThat(numbers(list(f -> f.setCustomerId(id("ada")).setCreatedFrom(at(7_201)))))
                .containsExactly(4, 6, 8);
        assertThat(numbers(list(f -> f.setCurrency("EUR").setTotalFrom(500).setTotalTo(700))))
                .containsExactly(5, 4, 3);
        assertThat(numbers(list(f -> f.setCurrency("USD")))).containsExactly(9, 8);
    }

    @Test
    void open_reviews_and_running_sagas_come_by_their_deadlines() {
        assertThat(numbers(list(f -> f.setReviewOpen(true)))).containsExactly(8, 3);
        assertThat(numbers(list(f -> f.setReviewOpen(true).setRestaurantId(id("bella")))))
                .containsExactly(3);
        assertThat(numbers(list(f -> f.setRunning(true)))).containsExactly(9, 7, 5, 4, 2, 0, 8, 3);
    }

    @Test
    void a_list_is_walked_from_its_beginning_and_from_its_end() {
        ListOrdersResponse first = page(Page.newBuilder().setFirst(4));
        assertThat(numbers(first)).containsExactly(0, 1, 2, 3);
        assertInfo(first, true, false);
        ListOrdersResponse second = page(Page.newBuilder().setFirst(4).setAfter(last(first)));
        assertThat(numbers(second)).containsExactly(4, 5, 6, 7);
        assertInfo(second, true, true);
        ListOrdersResponse third = page(Page.newBuilder().setFirst(4).setAfter(last(second)));
        assertThat(numbers(third)).containsExactly(8, 9);
        assertInfo(third, false, true);

        ListOrdersResponse end = page(Page.newBuilder().setLast(4));
        assertThat(numbers(end)).containsExactly(6, 7, 8, 9);
        assertInfo(end, false, true);
        ListOrdersResponse before =
                page(Page.newBuilder().setLast(4).setBefore(end.getEdges(0).getCursor()));
        assertThat(numbers(before)).containsExactly(2, 3, 4, 5);
        assertInfo(before, true, true);
        ListOrdersResponse beginning =
                page(Page.newBuilder().setLast(4).setBefore(before.getEdges(0).getCursor()));
        assertThat(numbers(beginning)).containsExactly(0, 1);
        assertInfo(beginning, true, false);
    }

    private ListOrdersResponse page(Page.Builder page) {
        return orders.listOrders(all().setPage(page).build());
    }

    private static String last(ListOrdersResponse page) {
        return page.getEdges(page.getEdgesCount() - 1).getCursor();
    }

    private static void assertInfo(ListOrdersResponse page, boolean next, boolean previous) {
        assertThat(page.getPageInfo().getHasNextPage()).isEqualTo(next);
        assertThat(page.getPageInfo().getHasPreviousPage()).isEqualTo(previous);
    }

    @Test
    void a_cursor_is_good_for_the_list_the_filter_and_the_order_it_came_from_alone() {
        String cursor = last(page(Page.newBuilder().setFirst(2)));
        Page.Builder after = Page.newBuilder().setFirst(2).setAfter(cursor);

        for (ListOrdersRequest.Builder other :
                Arrays.asList(
                        list(f -> f.setCustomerId(id("ada"))),
                        list(f -> f.setCreatedFrom(at(1))),
                        all().setOrder(OrderOrder.ORDER_ORDER_TOTAL),
                        all().setDirection(Direction.DIRECTION_DESCENDING))) {
            assertThat(refused("page.after", other.setPage(after)).sentence())
                    .contains("must be a cursor that this list gave");
        }
        refused("page.before", all().setPage(Page.newBuilder().setLast(2).setBefore("nonsense")));
        assertThat(numbers(all().setPage(after))).containsExactly(2, 3);
    }

    @Test
    void pages_that_make_no_sense_are_refused() {
        for (int size : new int[] {-1, 1_001}) {
            refused("page.first", all().setPage(Page.newBuilder().setFirst(size)));
            refused("page.last", all().setPage(Page.newBuilder().setLast(size)));
        }
        refused("page.first", all().clearPage());
        String cursor = last(page(Page.newBuilder().setFirst(2)));
        WaybillException both =
                RunningReader.failure(
                        Status.Code.INVALID_ARGUMENT,
                        ErrorCode.BAD_USER_INPUT,
                        () -> page(Page.newBuilder().setFirst(1).setLast(1)));
        assertThat(both.field()).contains("page.last");
        refused("page.before", all().setPage(Page.newBuilder().setFirst(1).setBefore(cursor)));
        refused("page.after", all().setPage(Page.newBuilder().setLast(1).setAfter(cursor)));
    }

    @Test
    void filters_that_no_list_has_are_refused_with_those_that_there_are() {
        for (ListOrdersRequest.Builder combined :
                Arrays.asList(
                        list(f -> f.setCustomerId("c").setRestaurantId("r")),
                        list(f -> f.setCustomerId("c").setProduct("p")),
                        list(f -> f.setRunning(true).setReviewOpen(true)),
                        list(f -> f.setRunning(true).setCustomerId("c")),
                        list(
                                f ->
                                        f.setCustomerId("c")
                                                .setRestaurantId("r")
                                                .setStatus(OrderStatus.ORDER_STATUS_READY)))) {
            assertThat(refused("filter", combined).sentence())
                    .contains("restaurant_id with status or review_open");
        }
        refused("order", list(f -> f.setRunning(true)).setOrder(OrderOrder.ORDER_ORDER_TOTAL));
        refused("filter.created_from", list(f -> f.setRunning(true).setCreatedFrom(at(1))));
        refused("filter.currency", list(f -> f.setReviewOpen(true).setCurrency("EUR")));
        refused("filter.status", list(f -> f.setStatusValue(99)));
        refused("order", all().setOrderValue(99));
        refused("direction", all().setDirectionValue(99));
    }

    @Test
    void ranges_that_make_no_sense_are_refused() {
        refused("filter.created_to", list(f -> f.setCreatedFrom(at(2)).setCreatedTo(at(1))));
        refused("filter.total_to", list(f -> f.setCurrency("EUR").setTotalFrom(2).setTotalTo(1)));
        refused("filter.currency", list(f -> f.setTotalFrom(1)));
        refused(
                "filter.created_to",
                list(f -> f.setCreatedTo(at(1))).setOrder(OrderOrder.ORDER_ORDER_TOTAL));
        refused(
                "filter.total_to",
                list(f -> f.setTotalTo(1)).setOrder(OrderOrder.ORDER_ORDER_CREATED));
        refused(
                "filter.created_from",
                list(f -> f.setCreatedFrom(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))));
    }
}
