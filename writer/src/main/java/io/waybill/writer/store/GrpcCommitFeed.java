package io.waybill.writer.store;

import com.google.protobuf.ByteString;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.waybill.proto.feed.v1.EventFeedGrpc;
import io.waybill.proto.feed.v1.GetCheckpointRequest;
import io.waybill.proto.feed.v1.GetCheckpointResponse;
import io.waybill.proto.feed.v1.Narrowing;
import io.waybill.proto.feed.v1.SaveCheckpointRequest;
import io.waybill.proto.feed.v1.SaveCheckpointResponse;
import io.waybill.proto.feed.v1.SubscribeRequest;
import io.waybill.proto.feed.v1.SubscribeResponse;
import io.waybill.wire.grpc.Failures;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The feed behind the database's {@code EventFeed} service. Does not own the channel. Safe for use
 * by many threads.
 */
public final class GrpcCommitFeed implements CommitFeed {

    private static final long SECONDS = 5;

    private final EventFeedGrpc.EventFeedStub feed;
    private final SubscribeRequest request;
    private final String subscriber;

    private GrpcCommitFeed(ManagedChannel channel, SubscribeRequest request, String subscriber) {
        this.feed = EventFeedGrpc.newStub(channel);
        this.request = request;
        this.subscriber = subscriber;
    }

    /** What sagas hear of one partition: what orders of the same caused, and shopping lists. */
    public static GrpcCommitFeed ofSagas(ManagedChannel channel, int partition) {
        return new GrpcCommitFeed(
                channel,
                SubscribeRequest.newBuilder()
                        .setPartition(partition)
                        .setNarrowing(Narrowing.newBuilder().addOrderPartitions(partition))
                        .build(),
                "saga");
    }

    /** All of one partition, for the relay. */
    public static GrpcCommitFeed ofRelay(ManagedChannel channel, int partition) {
        return new GrpcCommitFeed(
                channel, SubscribeRequest.newBuilder().setPartition(partition).build(), "relay");
    }

    @Override
    public CompletableFuture<Checkpoint> checkpoint() {
        One<GetCheckpointResponse> answer = new One<>();
        feed.withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                .getCheckpoint(
                        GetCheckpointRequest.newBuilder()
                                .setPartition(request.getPartition())
                                .setSubscriber(subscriber)
                                .build(),
                        answer);
        return answer.future.thenApply(
                kept -> new Checkpoint(kept.getPosition(), kept.getState(), kept.getIncarnation()));
    }

    @Override
    public CompletableFuture<Void> save(long position, ByteString state) {
        One<SaveCheckpointResponse> answer = new One<>();
        feed.withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                .saveCheckpoint(
                        SaveCheckpointRequest.newBuilder()
                                .setPartition(request.getPartition())
                                .setSubscriber(subscriber)
                                .setPosition(position)
                                .setState(state)
                                .build(),
                        answer);
        return answer.future.thenAccept(saved -> {});
    }

    @Override
    public Following follow(long afterPosition, Listener listener) {
        Subscription subscription = new Subscription(listener);
        feed.subscribe(request.toBuilder().setAfterPosition(afterPosition).build(), subscription);
        return subscription;
    }

    private static final class Subscription
            implements ClientResponseObserver<SubscribeRequest, SubscribeResponse>, Following {

        private final Listener listener;
        private volatile @Nullable ClientCallStreamObserver<SubscribeRequest> call;

        Subscription(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<SubscribeRequest> started) {
            started.disableAutoRequestWithInitial(0);
            call = started;
        }

        @Override
        public void next() {
            withCall(started -> started.request(1));
        }

        @Override
        public void cancel() {
            withCall(started -> started.cancel("no longer followed", null));
        }

        @Override
        public void onNext(SubscribeResponse page) {
            listener.page(page.getCommitsList(), page.getPosition());
        }

        @Override
        public void onError(Throwable failure) {
            listener.ended(Failures.fromStatus(failure, "the database"));
        }

        @Override
        public void onCompleted() {
            listener.ended(new IllegalStateException("the database ended the feed"));
        }

        private void withCall(Consumer<ClientCallStreamObserver<SubscribeRequest>> action) {
            ClientCallStreamObserver<SubscribeRequest> started = call;
            if (started != null) {
                action.accept(started);
            }
        }
    }

    /** The answer of a call that has one. */
    private static final class One<T> implements StreamObserver<T> {

        private final CompletableFuture<T> future = new CompletableFuture<>();

        @Override
        public void onNext(T answer) {
            future.complete(answer);
        }

        @Override
        public void onError(Throwable failure) {
            future.completeExceptionally(Failures.fromStatus(failure, "the database"));
        }

        @Override
        public void onCompleted() {
            future.completeExceptionally(
                    new IllegalStateException("the database ended a call without an answer"));
        }
    }
}
