package io.waybill.reader.store;

import io.grpc.stub.StreamObserver;
import io.waybill.proto.query.v1.StoreQueriesGrpc;
import io.waybill.proto.reader.v1.GetStoreRequest;
import io.waybill.proto.reader.v1.GetStoreResponse;
import io.waybill.proto.reader.v1.StoreReaderGrpc.StoreReaderImplBase;
import io.waybill.reader.query.Database;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Reply;

/**
 * {@code waybill.reader.v1.StoreReader}: says which store is read. Holds no thread while a call
 * waits.
 */
public final class StoreReaderService extends StoreReaderImplBase {

    private final Database database;

    /** Answers from a database. */
    public StoreReaderService(Database database) {
        this.database = database;
    }

    @Override
    public void getStore(GetStoreRequest request, StreamObserver<GetStoreResponse> call) {
        Reply.with(
                call,
                () ->
                        database.ask(
                                        StoreQueriesGrpc.getGetStoreMethod(),
                                        io.waybill.proto.query.v1.GetStoreRequest
                                                .getDefaultInstance(),
                                        ReadTerms.asItStands())
                                .thenApply(
                                        found ->
                                                GetStoreResponse.newBuilder()
                                                        .setStore(found.getStore())
                                                        .build()));
    }
}
