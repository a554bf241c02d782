package io.waybill.reader.restaurant;

import io.grpc.stub.StreamObserver;
import io.waybill.proto.reader.v1.BatchGetRestaurantsRequest;
import io.waybill.proto.reader.v1.BatchGetRestaurantsResponse;
import io.waybill.proto.reader.v1.GetRestaurantRequest;
import io.waybill.proto.reader.v1.GetRestaurantResponse;
import io.waybill.proto.reader.v1.ListRestaurantsRequest;
import io.waybill.proto.reader.v1.ListRestaurantsResponse;
import io.waybill.proto.reader.v1.RestaurantEdge;
import io.waybill.proto.reader.v1.RestaurantReaderGrpc.RestaurantReaderImplBase;
import io.waybill.proto.restaurant.v1.RestaurantView;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Reply;
import io.waybill.reader.view.ListPage;
import io.waybill.reader.view.Portion;
import io.waybill.reader.view.Views;

/** {@code waybill.reader.v1.RestaurantReader}. Holds no thread while a call waits. */
public final class RestaurantReaderService extends RestaurantReaderImplBase {

    private final Views<RestaurantView> restaurants;
    private final ReadTerms.Rules terms;

    /** Answers from the restaurants, on the terms that clients ask for. */
    public RestaurantReaderService(Views<RestaurantView> restaurants, ReadTerms.Rules terms) {
        this.restaurants = restaurants;
        this.terms = terms;
    }

    @Override
    public void getRestaurant(
            GetRestaurantRequest request, StreamObserver<GetRestaurantResponse> call) {
        Reply.with(
                call,
                () ->
                        restaurants
                                .get(request.getId(), terms.of(request.getReadAfter()))
                                .thenApply(
                                        restaurant ->
                                                GetRestaurantResponse.newBuilder()
                                                        .setRestaurant(restaurant)
                                                        .build()));
    }

    @Override
    public void batchGetRestaurants(
            BatchGetRestaurantsRequest request, StreamObserver<BatchGetRestaurantsResponse> call) {
        Reply.with(
                call,
                () ->
                        restaurants
                                .get("ids", request.getIdsList(), terms.of(request.getReadAfter()))
                                .thenApply(
                                        found ->
                                                BatchGetRestaurantsResponse.newBuilder()
                                                        .addAllRestaurants(found)
                                                        .build()));
    }

    @Override
    public void listRestaurants(
            ListRestaurantsRequest request, StreamObserver<ListRestaurantsResponse> call) {
        Reply.with(
                call,
                () ->
                        restaurants
                                .list(
                                        RestaurantLists.of(request),
                                        Portion.of(request.getPage()),
                                        terms.of(request.getReadAfter()))
                                .thenApply(RestaurantReaderService::response));
    }

    private static ListRestaurantsResponse response(ListPage<RestaurantView> page) {
        ListRestaurantsResponse.Builder response =
                ListRestaurantsResponse.newBuilder().setPageInfo(page.info());
        for (int i = 0; i < page.size(); i++) {
            response.addEdges(
                    RestaurantEdge.newBuilder().setCursor(page.cursor(i)).setNode(page.node(i)));
        }
        return response.build();
    }
}
