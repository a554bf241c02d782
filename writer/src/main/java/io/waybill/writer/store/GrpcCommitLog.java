package io.waybill.writer.store;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.eventstore.v1.AppendRequest;
import io.waybill.proto.eventstore.v1.AppendResponse;
import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimersRequest;
import io.waybill.proto.eventstore.v1.DueTimersResponse;
import io.waybill.proto.eventstore.v1.EventStoreGrpc;
import io.waybill.proto.eventstore.v1.FindCommandsRequest;
import io.waybill.proto.eventstore.v1.FindCommandsResponse;
import io.waybill.proto.eventstore.v1.GetStoreRequest;
import io.waybill.proto.eventstore.v1.GetStoreResponse;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.ReadStreamRequest;
import io.waybill.proto.eventstore.v1.ReadStreamResponse;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Failures;
import io.waybill.writer.time.ProtoTime;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The event log behind the database's {@code EventStore} service. Every call has a deadline. Does
 * not own the channel. Safe for use by many threads.
 */
public final class GrpcCommitLog implements CommitLog {

    private static final long APPEND_SECONDS = 10;
    private static final long READ_SECONDS = 30;
    private static final long FIND_SECONDS = 10;
    private static final long STORE_SECONDS = 2;

    private final EventStoreGrpc.EventStoreStub store;
    private final int partition;

    /** The log of one partition. */
    public GrpcCommitLog(ManagedChannel channel, int partition) {
        this.store = EventStoreGrpc.newStub(channel);
        this.partition = partition;
    }

    @Override
    public CompletableFuture<List<AppendResult>> append(List<ProposedCommit> commits) {
        Single<AppendResponse> response = new Single<>();
        store.withDeadlineAfter(APPEND_SECONDS, TimeUnit.SECONDS)
                .append(
                        AppendRequest.newBuilder()
                                .setPartition(partition)
                                .addAllCommits(commits)
                                .build(),
                        response);
        return response.future.thenApply(answer -> complete(answer, commits.size()));
    }

    @Override
    public CompletableFuture<Void> readStream(
            String stream, long afterVersion, Consumer<List<Commit>> page) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        store.withDeadlineAfter(READ_SECONDS, TimeUnit.SECONDS)
                .readStream(
                        ReadStreamRequest.newBuilder()
                                .setPartition(partition)
                                .setStream(stream)
                                .setAfterVersion(afterVersion)
                                .build(),
                        new StreamObserver<ReadStreamResponse>() {
                            @Override
                            public void onNext(ReadStreamResponse response) {
                                page.accept(response.getCommitsList());
                            }

                            @Override
                            public void onError(Throwable failure) {
                                done.completeExceptionally(named(failure));
                            }

                            @Override
                            public void onCompleted() {
                                done.complete(null);
                            }
                        });
        return done;
    }

    @Override
    public CompletableFuture<Optional<Commit>> find(CommandIdentity command) {
        Single<FindCommandsResponse> response = new Single<>();
        store.withDeadlineAfter(FIND_SECONDS, TimeUnit.SECONDS)
                .findCommands(
                        FindCommandsRequest.newBuilder()
                                .setPartition(partition)
                                .addCommands(command)
                                .build(),
                        response);
        return response.future.thenApply(found -> found.getCommitsList().stream().findFirst());
    }

    @Override
    public CompletableFuture<DueTimersResponse> dueTimers(Instant until, int limit) {
        Single<DueTimersResponse> response = new Single<>();
        store.withDeadlineAfter(FIND_SECONDS, TimeUnit.SECONDS)
                .dueTimers(
                        DueTimersRequest.newBuilder()
                                .setPartition(partition)
                                .setUntil(ProtoTime.of(until))
                                .setLimit(limit)
                                .build(),
                        response);
        return response.future;
    }

    @Override
    public CompletableFuture<StoreInfo> store() {
        Single<GetStoreResponse> response = new Single<>();
        store.withDeadlineAfter(STORE_SECONDS, TimeUnit.SECONDS)
                .getStore(GetStoreRequest.getDefaultInstance(), response);
        return response.future.thenApply(GetStoreResponse::getStore);
    }

    private static WaybillException named(Throwable failure) {
        return Failures.fromStatus(failure, "the database");
    }

    private static List<AppendResult> complete(AppendResponse response, int asked) {
        if (response.getResultsCount() != asked) {
            throw new IllegalStateException(
                    "the database answered %d of %d commits"
                            .formatted(response.getResultsCount(), asked));
        }
        return response.getResultsList();
    }

    /** The answer of a call that has one. */
    private static final class Single<T> implements StreamObserver<T> {

        private final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable T value;

        @Override
        public void onNext(T answer) {
            value = answer;
        }

        @Override
        public void onError(Throwable failure) {
            future.completeExceptionally(named(failure));
        }

        @Override
        public void onCompleted() {
            T answer = value;
            if (answer == null) {
                future.completeExceptionally(
                        new IllegalStateException("the database ended a call without an answer"));
            } else {
                future.complete(answer);
            }
        }
    }
}
