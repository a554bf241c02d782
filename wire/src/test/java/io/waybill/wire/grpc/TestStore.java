package io.waybill.wire.grpc;

import io.grpc.stub.StreamObserver;
import io.waybill.proto.reader.v1.GetStoreRequest;
import io.waybill.proto.reader.v1.GetStoreResponse;
import io.waybill.proto.reader.v1.StoreReaderGrpc;
import io.waybill.wire.identity.Role;

/** A service whose one method does what a test says. */
final class TestStore extends StoreReaderGrpc.StoreReaderImplBase {

    interface Behaviour {
        void answer(StreamObserver<GetStoreResponse> observer);
    }

    volatile Behaviour behaviour = TestStore::nameTheCaller;

    /** Answers with the caller, as {@code role/principal}. */
    private static void nameTheCaller(StreamObserver<GetStoreResponse> observer) {
        Caller caller = Caller.current();
        GetStoreResponse.Builder response = GetStoreResponse.newBuilder();
        response.getStoreBuilder()
                .setStoreId(
                        caller.role().map(Role::label).orElse("nobody") + "/" + caller.principal());
        observer.onNext(response.build());
        observer.onCompleted();
    }

    @Override
    public void getStore(GetStoreRequest request, StreamObserver<GetStoreResponse> observer) {
        behaviour.answer(observer);
    }
}
