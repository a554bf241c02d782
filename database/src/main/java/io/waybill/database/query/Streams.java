package io.waybill.database.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;

import io.grpc.stub.StreamObserver;
import io.waybill.database.engine.EventLog;
import io.waybill.database.engine.PageLimit;
import io.waybill.database.projection.AggregateProjection;
import io.waybill.database.projection.Progress;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.query.v1.GetHistoryRequest;
import io.waybill.proto.query.v1.GetHistoryResponse;
import io.waybill.proto.query.v1.GetViewAtRequest;
import io.waybill.proto.query.v1.GetViewAtRequest.AtCase;
import io.waybill.proto.query.v1.GetViewAtResponse;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What the streams of aggregates say of the past. A page of a history is read at once; a row of the
 * past takes as long as its stream is, and so is made on a thread of its own, and given up when its
 * caller leaves.
 */
final class Streams {

    private static final int MOST_COMMITS = 1_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_ID_CHARACTERS = 100;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final EventLog log;
    private final Models models;
    private final FreshReads fresh;
    private final Progress commands;
    private final Executor executor;

    /**
     * @param commands how far the commands projection is: an outcome that it shows is in the log
     * @param executor refuses what it has no room for
     */
    Streams(EventLog log, Models models, FreshReads fresh, Progress commands, Executor executor) {
        this.log = log;
        this.models = models;
        this.fresh = fresh;
        this.commands = commands;
        this.executor = executor;
    }

    void getHistory(GetHistoryRequest request, StreamObserver<GetHistoryResponse> observer) {
        String stream = stream("aggregate", request.getAggregate(), request.getId());
        if (request.getAfterVersion() < 0) {
            throw WaybillException.badInput("after_version", "after_version is too large");
        }
        if (request.getBeforeVersion() < 0) {
            throw WaybillException.badInput("before_version", "before_version is too large");
        }
        int limit = request.getLimit();
        if (limit < 1 || limit > MOST_COMMITS) {
            throw WaybillException.badInput(
                    "limit", "limit must be 1 to %d".formatted(MOST_COMMITS));
        }
        Wait wait = FreshReads.wait(request.getFreshness());
        Answer.with(
                observer,
                wait::abandon,
                fresh.then(
                        fresh.when(request.getFreshness(), wait, commands),
                        done ->
                                CompletableFuture.completedFuture(
                                        request.getBackwards()
                                                ? historyBack(
                                                        stream, request.getBeforeVersion(), limit)
                                                : history(
                                                        stream,
                                                        request.getAfterVersion(),
                                                        limit))));
    }

    private GetHistoryResponse historyBack(String stream, long beforeVersion, int limit) {
        List<Commit> commits =
                log.readStreamBack(
                        stream,
                        beforeVersion == 0 ? Long.MAX_VALUE : beforeVersion - 1,
                        new PageLimit(limit, MOST_BYTES));
        boolean more =
                !commits.isEmpty()
                        && commits.getLast().getVersion() > commits.getLast().getEventsCount();
        return GetHistoryResponse.newBuilder().addAllCommits(commits).setMore(more).build();
    }

    private GetHistoryResponse history(String stream, long afterVersion, int limit) {
        List<Commit> commits =
                log.readStream(stream, afterVersion, new PageLimit(limit, MOST_BYTES));
        boolean more =
                !commits.isEmpty()
                        && !log.readStream(
                                        stream, commits.getLast().getVersion(), new PageLimit(1, 1))
                                .isEmpty();
        return GetHistoryResponse.newBuilder().addAllCommits(commits).setMore(more).build();
    }

    void getViewAt(GetViewAtRequest request, StreamObserver<GetViewAtResponse> observer) {
        AggregateProjection<?> projection = models.ofAggregate("view", request.getView());
        String stream = stream("view", request.getView(), request.getId());
        if (request.getAtCase() == AtCase.AT_NOT_SET || request.getVersion() < 0) {
            throw WaybillException.badInput("version", "version or time must be given");
        }
        if (request.hasTime() && !Timestamps.isValid(request.getTime())) {
            throw WaybillException.badInput("time", "time must be a time");
        }
        Wait wait = FreshReads.wait(request.getFreshness());
        PastRow past = past(projection, stream, request);
        Answer.with(
                observer,
                () -> {
                    wait.abandon();
                    past.abandon();
                },
                fresh.then(
                        fresh.when(request.getFreshness(), wait, commands),
                        done -> computed(past)));
    }

    private PastRow past(
            AggregateProjection<?> projection, String stream, GetViewAtRequest request) {
        return request.hasTime()
                ? PastRow.atTime(projection, log, stream, request.getTime())
                : PastRow.atVersion(projection, log, stream, request.getVersion());
    }

    private CompletableFuture<GetViewAtResponse> computed(PastRow past) {
        try {
            return CompletableFuture.supplyAsync(past::row, executor)
                    .thenApply(
                            row ->
                                    GetViewAtResponse.newBuilder()
                                            .setView(row.orElse(ByteString.EMPTY))
                                            .build());
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new WaybillException(
                                    ErrorCode.RESOURCE_EXHAUSTED,
                                    "too many rows of the past are asked for at a time")
                            .retryAfter(RETRY_AFTER));
        }
    }

    private String stream(String field, String aggregate, String id) {
        models.ofAggregate(field, aggregate);
        if (id.isEmpty() || id.length() > MOST_ID_CHARACTERS) {
            throw WaybillException.badInput(
                    "id", "id must be 1 to %d characters".formatted(MOST_ID_CHARACTERS));
        }
        return aggregate + "/" + id;
    }
}
