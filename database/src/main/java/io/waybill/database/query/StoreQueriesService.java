package io.waybill.database.query;

import io.grpc.stub.StreamObserver;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.query.v1.GetStoreRequest;
import io.waybill.proto.query.v1.GetStoreResponse;
import io.waybill.proto.query.v1.StoreQueriesGrpc;

/** Which store is read, over gRPC. */
final class StoreQueriesService extends StoreQueriesGrpc.StoreQueriesImplBase {

    private final GetStoreResponse response;

    StoreQueriesService(StoreInfo info) {
        this.response = GetStoreResponse.newBuilder().setStore(info).build();
    }

    @Override
    public void getStore(GetStoreRequest request, StreamObserver<GetStoreResponse> observer) {
        observer.onNext(response);
        observer.onCompleted();
    }
}
