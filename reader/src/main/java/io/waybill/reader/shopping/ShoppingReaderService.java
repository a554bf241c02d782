package io.waybill.reader.shopping;

import io.grpc.stub.StreamObserver;
import io.waybill.proto.reader.v1.BatchGetShoppingListsRequest;
import io.waybill.proto.reader.v1.BatchGetShoppingListsResponse;
import io.waybill.proto.reader.v1.GetShoppingListRequest;
import io.waybill.proto.reader.v1.GetShoppingListResponse;
import io.waybill.proto.reader.v1.ListShoppingListsRequest;
import io.waybill.proto.reader.v1.ListShoppingListsResponse;
import io.waybill.proto.reader.v1.ShoppingListEdge;
import io.waybill.proto.reader.v1.ShoppingReaderGrpc.ShoppingReaderImplBase;
import io.waybill.proto.shopping.v1.ShoppingListView;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Reply;
import io.waybill.reader.view.ListPage;
import io.waybill.reader.view.Portion;
import io.waybill.reader.view.Views;

/** {@code waybill.reader.v1.ShoppingReader}. Holds no thread while a call waits. */
public final class ShoppingReaderService extends ShoppingReaderImplBase {

    private final Views<ShoppingListView> lists;
    private final ReadTerms.Rules terms;

    /** Answers from the shopping lists, on the terms that clients ask for. */
    public ShoppingReaderService(Views<ShoppingListView> lists, ReadTerms.Rules terms) {
        this.lists = lists;
        this.terms = terms;
    }

    @Override
    public void getShoppingList(
            GetShoppingListRequest request, StreamObserver<GetShoppingListResponse> call) {
        Reply.with(
                call,
                () ->
                        lists.get(request.getOrderId(), terms.of(request.getReadAfter()))
                                .thenApply(
                                        list ->
                                                GetShoppingListResponse.newBuilder()
                                                        .setShoppingList(list)
                                                        .build()));
    }

    @Override
    public void batchGetShoppingLists(
            BatchGetShoppingListsRequest request,
            StreamObserver<BatchGetShoppingListsResponse> call) {
        Reply.with(
                call,
                () ->
                        lists.get(
                                        "order_ids",
                                        request.getOrderIdsList(),
                                        terms.of(request.getReadAfter()))
                                .thenApply(
                                        found ->
                                                BatchGetShoppingListsResponse.newBuilder()
                                                        .addAllShoppingLists(found)
                                                        .build()));
    }

    @Override
    public void listShoppingLists(
            ListShoppingListsRequest request, StreamObserver<ListShoppingListsResponse> call) {
        Reply.with(
                call,
                () ->
                        lists.list(
                                        ShoppingLists.of(request),
                                        Portion.of(request.getPage()),
                                        terms.of(request.getReadAfter()))
                                .thenApply(ShoppingReaderService::response));
    }

    private static ListShoppingListsResponse response(ListPage<ShoppingListView> page) {
        ListShoppingListsResponse.Builder response =
                ListShoppingListsResponse.newBuilder().setPageInfo(page.info());
        for (int i = 0; i < page.size(); i++) {
            response.addEdges(
                    ShoppingListEdge.newBuilder().setCursor(page.cursor(i)).setNode(page.node(i)));
        }
        return response.build();
    }
}
