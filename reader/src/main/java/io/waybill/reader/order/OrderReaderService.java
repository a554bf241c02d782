package io.waybill.reader.order;

import io.grpc.stub.StreamObserver;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.reader.v1.BatchGetOrdersRequest;
import io.waybill.proto.reader.v1.BatchGetOrdersResponse;
import io.waybill.proto.reader.v1.GetOrderRequest;
import io.waybill.proto.reader.v1.GetOrderResponse;
import io.waybill.proto.reader.v1.ListOrdersRequest;
import io.waybill.proto.reader.v1.ListOrdersResponse;
import io.waybill.proto.reader.v1.OrderEdge;
import io.waybill.proto.reader.v1.OrderReaderGrpc.OrderReaderImplBase;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Reply;
import io.waybill.reader.view.ListPage;
import io.waybill.reader.view.Portion;
import io.waybill.reader.view.Views;

/** {@code waybill.reader.v1.OrderReader}. Holds no thread while a call waits. */
public final class OrderReaderService extends OrderReaderImplBase {

    private final Views<OrderView> orders;
    private final ReadTerms.Rules terms;

    /** Answers from the orders, on the terms that clients ask for. */
    public OrderReaderService(Views<OrderView> orders, ReadTerms.Rules terms) {
        this.orders = orders;
        this.terms = terms;
    }

    @Override
    public void getOrder(GetOrderRequest request, StreamObserver<GetOrderResponse> call) {
        Reply.with(
                call,
                () ->
                        orders.get(request.getId(), terms.of(request.getReadAfter()))
                                .thenApply(
                                        order ->
                                                GetOrderResponse.newBuilder()
                                                        .setOrder(order)
                                                        .build()));
    }

    @Override
    public void batchGetOrders(
            BatchGetOrdersRequest request, StreamObserver<BatchGetOrdersResponse> call) {
        Reply.with(
                call,
                () ->
                        orders.get("ids", request.getIdsList(), terms.of(request.getReadAfter()))
                                .thenApply(
                                        found ->
                                                BatchGetOrdersResponse.newBuilder()
                                                        .addAllOrders(found)
                                                        .build()));
    }

    @Override
    public void listOrders(ListOrdersRequest request, StreamObserver<ListOrdersResponse> call) {
        Reply.with(
                call,
                () ->
                        orders.list(
                                        OrderLists.of(request),
                                        Portion.of(request.getPage()),
                                        terms.of(request.getReadAfter()))
                                .thenApply(OrderReaderService::response));
    }

    private static ListOrdersResponse response(ListPage<OrderView> page) {
        ListOrdersResponse.Builder response =
                ListOrdersResponse.newBuilder().setPageInfo(page.info());
        for (int i = 0; i < page.size(); i++) {
            response.addEdges(
                    OrderEdge.newBuilder().setCursor(page.cursor(i)).setNode(page.node(i)));
        }
        return response.build();
    }
}
