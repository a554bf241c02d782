package io.waybill.database.query;

import com.google.protobuf.ByteString;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.waybill.database.contact.ContactProjection;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.projection.Progress;
import io.waybill.proto.query.v1.ContactQueriesGrpc;
import io.waybill.proto.query.v1.GetContactsRequest;
import io.waybill.proto.query.v1.ListContactsRequest;
import io.waybill.wire.failure.WaybillException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Contacts over gRPC. Rows go out as they are stored. */
final class ContactQueriesService implements BindableService {

    private static final int MOST_IDS = 1_000;
    private static final int LARGEST_LIMIT = 1_001;

    private static final MethodDescriptor<GetContactsRequest, StoredRows> GET_CONTACTS =
            answeringRows(ContactQueriesGrpc.getGetContactsMethod());
    private static final MethodDescriptor<ListContactsRequest, StoredRows> LIST_CONTACTS =
            answeringRows(ContactQueriesGrpc.getListContactsMethod());

    private final ReadStore rows;
    private final Progress contacts;
    private final FreshReads fresh;

    ContactQueriesService(ReadStore rows, Progress contacts, FreshReads fresh) {
        this.rows = rows;
        this.contacts = contacts;
        this.fresh = fresh;
    }

    private static <Q> MethodDescriptor<Q, StoredRows> answeringRows(
            MethodDescriptor<Q, ?> method) {
        return method.toBuilder(method.getRequestMarshaller(), StoredRows.MARSHALLER).build();
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServiceDescriptor service =
                ServiceDescriptor.newBuilder(ContactQueriesGrpc.SERVICE_NAME)
                        .addMethod(GET_CONTACTS)
                        .addMethod(LIST_CONTACTS)
                        .build();
        return ServerServiceDefinition.builder(service)
                .addMethod(GET_CONTACTS, ServerCalls.asyncUnaryCall(this::getContacts))
                .addMethod(LIST_CONTACTS, ServerCalls.asyncUnaryCall(this::listContacts))
                .build();
    }

    private void getContacts(GetContactsRequest request, StreamObserver<StoredRows> observer) {
        if (request.getIdsCount() < 1 || request.getIdsCount() > MOST_IDS) {
            throw WaybillException.badInput("ids", "ids must be 1 to 1,000");
        }
        Wait wait = FreshReads.wait(request.getFreshness());
        Answer.with(
                observer,
                wait::abandon,
                fresh.then(
                        fresh.when(request.getFreshness(), wait, contacts),
                        done -> get(request.getIdsList().asByteStringList())));
    }

    private void listContacts(ListContactsRequest request, StreamObserver<StoredRows> observer) {
        int limit = request.getLimit();
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw WaybillException.badInput("limit", "limit must be 1 to 1,001");
        }
        long after = request.getAfterCreatedPosition();
        if (after < 0 || after == Long.MAX_VALUE) {
            throw WaybillException.badInput(
                    "after_created_position", "after_created_position is too large");
        }
        Wait wait = FreshReads.wait(request.getFreshness());
        Answer.with(
                observer,
                wait::abandon,
                fresh.then(
                        fresh.when(request.getFreshness(), wait, contacts),
                        done -> list(after, limit)));
    }

    private CompletableFuture<StoredRows> get(List<ByteString> ids) {
        List<ByteString> found = new ArrayList<>(ids.size());
        for (ByteString id : ids) {
            rows.get(ContactProjection.TABLE, id).ifPresent(found::add);
        }
        return CompletableFuture.completedFuture(new StoredRows(found));
    }

    private CompletableFuture<StoredRows> list(long afterCreatedPosition, int limit) {
        KeyRange range =
                KeyRange.startingAt(ContactProjection.listedFrom(afterCreatedPosition + 1));
        return CompletableFuture.completedFuture(
                new StoredRows(
                        rows.scan(
                                ContactProjection.TABLE,
                                ContactProjection.BY_CREATED_POSITION,
                                range,
                                limit)));
    }
}
