package io.waybill.database.query;

import com.google.protobuf.ByteString;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.StoredIndex;
import io.waybill.database.projection.Index;
import io.waybill.database.projection.ReadModel;
import io.waybill.proto.query.v1.GetHistoryRequest;
import io.waybill.proto.query.v1.GetHistoryResponse;
import io.waybill.proto.query.v1.GetViewAtRequest;
import io.waybill.proto.query.v1.GetViewAtResponse;
import io.waybill.proto.query.v1.GetViewsRequest;
import io.waybill.proto.query.v1.ListViewsRequest;
import io.waybill.proto.query.v1.ViewQueriesGrpc;
import io.waybill.wire.failure.WaybillException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Rows of read models over gRPC, as they are stored; and what streams say of the past. */
final class ViewQueriesService implements BindableService {

    private static final int MOST_ROWS = 1_000;
    private static final int BATCH_BYTES = 12 << 20;

    private static final MethodDescriptor<GetViewsRequest, StoredRows> GET_VIEWS =
            answering(ViewQueriesGrpc.getGetViewsMethod(), StoredRows.MARSHALLER);
    private static final MethodDescriptor<ListViewsRequest, StoredPage> LIST_VIEWS =
            answering(ViewQueriesGrpc.getListViewsMethod(), StoredPage.MARSHALLER);
    private static final MethodDescriptor<GetViewAtRequest, GetViewAtResponse> GET_VIEW_AT =
            ViewQueriesGrpc.getGetViewAtMethod();
    private static final MethodDescriptor<GetHistoryRequest, GetHistoryResponse> GET_HISTORY =
            ViewQueriesGrpc.getGetHistoryMethod();

    private final ReadStore rows;
    private final Models models;
    private final FreshReads fresh;
    private final Streams streams;

    ViewQueriesService(ReadStore rows, Models models, FreshReads fresh, Streams streams) {
        this.rows = rows;
        this.models = models;
        this.fresh = fresh;
        this.streams = streams;
    }

    private static <Q, A> MethodDescriptor<Q, A> answering(
            MethodDescriptor<Q, ?> method, MethodDescriptor.Marshaller<A> answers) {
        return method.toBuilder(method.getRequestMarshaller(), answers).build();
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServiceDescriptor service =
                ServiceDescriptor.newBuilder(ViewQueriesGrpc.SERVICE_NAME)
                        .addMethod(GET_VIEWS)
                        .addMethod(LIST_VIEWS)
                        .addMethod(GET_VIEW_AT)
                        .addMethod(GET_HISTORY)
                        .build();
        return ServerServiceDefinition.builder(service)
                .addMethod(GET_VIEWS, ServerCalls.asyncUnaryCall(this::getViews))
                .addMethod(LIST_VIEWS, ServerCalls.asyncUnaryCall(this::listViews))
                .addMethod(GET_VIEW_AT, ServerCalls.asyncUnaryCall(streams::getViewAt))
                .addMethod(GET_HISTORY, ServerCalls.asyncUnaryCall(streams::getHistory))
                .build();
    }

    private void getViews(GetViewsRequest request, StreamObserver<StoredRows> observer) {
        ReadModel<?> model = models.named(request.getView());
        checkCount("ids", request.getIdsCount());
        Wait wait = FreshReads.wait(request.getFreshness());
        Answer.with(
                observer,
                wait::abandon,
                fresh.then(
                        fresh.when(request.getFreshness(), wait, model.progress()),
                        done ->
                                get(
                                        model.projection().table(),
                                        request.getIdsList().asByteStringList())));
    }

    private CompletableFuture<StoredRows> get(String table, List<ByteString> ids) {
        List<ByteString> found = new ArrayList<>(ids.size());
        int bytes = 0;
        for (ByteString id : ids) {
            ByteString row = rows.get(table, id).orElse(ByteString.EMPTY);
            if (!row.isEmpty()) {
                found.add(row);
                bytes += row.size();
            }
            if (bytes > BATCH_BYTES) {
                return CompletableFuture.failedFuture(
                        WaybillException.badInput(
                                "ids", "ids name more than can be given at once: ask for fewer"));
            }
        }
        return CompletableFuture.completedFuture(new StoredRows(found));
    }

    private void listViews(ListViewsRequest request, StreamObserver<StoredPage> observer) {
        ReadModel<?> model = models.named(request.getView());
        Index<?> index = Models.index(model, request.getIndex());
        checkCount("limit", request.getLimit());
        KeyRange range = ListedRange.of(index, request);
        Wait wait = FreshReads.wait(request.getFreshness());
        Answer.with(
                observer,
                wait::abandon,
                fresh.then(
                        fresh.when(request.getFreshness(), wait, model.progress()),
                        done -> list(model.projection().table(), index.stored(), range, request)));
    }

    private CompletableFuture<StoredPage> list(
            String table, StoredIndex index, KeyRange range, ListViewsRequest request) {
        Direction direction = request.getBackwards() ? Direction.BACKWARD : Direction.FORWARD;
        ByteString beyond = request.getBeyond();
        IndexPages pages = new IndexPages(rows, table, index);
        return CompletableFuture.completedFuture(
                beyond.isEmpty()
                        ? pages.first(range, direction, request.getLimit())
                        : pages.beyond(beyond, range, direction, request.getLimit()));
    }

    private static void checkCount(String field, int count) {
        if (count < 1 || count > MOST_ROWS) {
            throw WaybillException.badInput(
                    field, "%s must be 1 to %d".formatted(field, MOST_ROWS));
        }
    }
}
