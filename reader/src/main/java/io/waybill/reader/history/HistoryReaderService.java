package io.waybill.reader.history;

import com.google.protobuf.ByteString;

import io.grpc.stub.StreamObserver;
import io.waybill.catalogue.Ids;
import io.waybill.proto.query.v1.GetViewAtRequest;
import io.waybill.proto.query.v1.ViewQueriesGrpc;
import io.waybill.proto.reader.v1.GetAtRequest;
import io.waybill.proto.reader.v1.GetAtResponse;
import io.waybill.proto.reader.v1.GetHistoryRequest;
import io.waybill.proto.reader.v1.GetHistoryResponse;
import io.waybill.proto.reader.v1.HistoryReaderGrpc.HistoryReaderImplBase;
import io.waybill.reader.query.Database;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Reply;
import io.waybill.reader.query.Shown;
import io.waybill.reader.view.Listing;
import io.waybill.reader.view.Portion;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.util.concurrent.CompletableFuture;

/** {@code waybill.reader.v1.HistoryReader}. Holds no thread while a call waits. */
public final class HistoryReaderService extends HistoryReaderImplBase {

    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final Database database;
    private final ReadTerms.Rules terms;
    private final EventTypes types = new EventTypes();

    /** Answers from a database, on the terms that clients ask for. */
    public HistoryReaderService(Database database, ReadTerms.Rules terms) {
        this.database = database;
        this.terms = terms;
    }

    @Override
    public void getHistory(GetHistoryRequest request, StreamObserver<GetHistoryResponse> call) {
        Reply.with(call, () -> history(request));
    }

    private CompletableFuture<GetHistoryResponse> history(GetHistoryRequest request) {
        Aggregate aggregate = Aggregate.named(request.getAggregate());
        Portion portion =
                Portion.of(
                        request.hasPage(),
                        request.getPage(),
                        request.getFirst(),
                        request.getAfter());
        boolean backwards = Listing.isDescending(request.getDirection()) != portion.fromEnd();
        String id = id(request.getId());
        Histories histories = Histories.of(types, aggregate.label(), id);
        long beyond = histories.beyond(portion);
        ReadTerms asked = terms.of(request.getReadAfter());
        var query =
                io.waybill.proto.query.v1.GetHistoryRequest.newBuilder()
                        .setAggregate(aggregate.label())
                        .setId(id)
                        .setBackwards(backwards)
                        .setLimit(portion.size());
        if (backwards) {
            query.setBeforeVersion(beyond);
        } else {
            query.setAfterVersion(beyond);
        }
        asked.freshness().ifPresent(query::setFreshness);
        return database.ask(ViewQueriesGrpc.getGetHistoryMethod(), query.build(), asked)
                .thenApply(
                        found ->
                                histories.page(
                                        found.getCommitsList(),
                                        found.getMore(),
                                        backwards,
                                        beyond,
                                        portion));
    }

    @Override
    public void getAt(GetAtRequest request, StreamObserver<GetAtResponse> call) {
        Reply.with(call, () -> at(request));
    }

    private CompletableFuture<GetAtResponse> at(GetAtRequest request) {
        Aggregate aggregate = Aggregate.named(request.getAggregate());
        ReadTerms asked = terms.of(request.getReadAfter());
        GetViewAtRequest.Builder query =
                GetViewAtRequest.newBuilder().setView(aggregate.label()).setId(id(request.getId()));
        switch (request.getAtCase()) {
            case VERSION -> query.setVersion(request.getVersion());
            case TIME -> query.setTime(request.getTime());
            case AT_NOT_SET ->
                    throw WaybillException.badInput("version", "version or time must be given");
        }
        asked.freshness().ifPresent(query::setFreshness);
        return database.ask(ViewQueriesGrpc.getGetViewAtMethod(), query.build(), asked)
                .thenApply(found -> response(aggregate, found.getView(), request.getId()));
    }

    private static GetAtResponse response(Aggregate aggregate, ByteString view, String id) {
        if (view.isEmpty()) {
            throw new WaybillException(
                    ErrorCode.NOT_FOUND,
                    "%s with id %s not found then".formatted(aggregate.words(), Shown.id(id)));
        }
        return aggregate.response(view);
    }

    /** What is no id is the id of nothing. */
    private static String id(String given) {
        return Ids.uuid(given).orElse(NOBODY);
    }
}
