package io.waybill.database.feed;

import com.google.protobuf.ByteString;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.StorageEngine;
import io.waybill.database.tail.LogTail;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.feed.v1.EventFeedGrpc;
import io.waybill.proto.feed.v1.GetCheckpointRequest;
import io.waybill.proto.feed.v1.GetCheckpointResponse;
import io.waybill.proto.feed.v1.SaveCheckpointRequest;
import io.waybill.proto.feed.v1.SaveCheckpointResponse;
import io.waybill.proto.feed.v1.SubscribeRequest;
import io.waybill.proto.feed.v1.SubscribeResponse;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The feed over gRPC. Owns one thread, on which all subscriptions take turns; holds at most {@link
 * #MOST_SUBSCRIPTIONS} of them, and refuses more with RESOURCE_EXHAUSTED. Its own lock guards
 * checkpoints.
 */
public final class EventFeedService extends EventFeedGrpc.EventFeedImplBase
        implements AutoCloseable {

    static final int MOST_SUBSCRIPTIONS = 100;
    private static final int MOST_STATE_BYTES = 64 << 10;
    private static final ByteString STATE = ByteString.copyFromUtf8("state");
    private static final Pattern SUBSCRIBER = Pattern.compile("[a-z0-9-]{1,100}");

    private final StorageEngine engine;
    private final LogTail tail;
    private final ScheduledExecutorService thread;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public EventFeedService(StorageEngine engine, LogTail tail) {
        this.engine = engine;
        this.tail = tail;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("event-feed").daemon().factory());
    }

    @Override
    public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> observer) {
        checkPartition(request.getPartition());
        checkWithinLog("after_position", request.getAfterPosition());
        Predicate<Commit> wanted = commit -> true;
        if (request.hasNarrowing()) {
            for (int partition : request.getNarrowing().getOrderPartitionsList()) {
                checkPartition("narrowing.order_partitions", partition);
            }
            wanted = SagaCommits.of(request.getNarrowing());
        }
        if (closed) {
            throw new WaybillException(ErrorCode.UNAVAILABLE, "the database is stopping");
        }
        if (subscriptions.size() >= MOST_SUBSCRIPTIONS) {
            throw new WaybillException(
                            ErrorCode.RESOURCE_EXHAUSTED, "the feed has 100 subscriptions already")
                    .retryAfter(Duration.ofSeconds(5));
        }
        Subscription subscription =
                new Subscription(
                        tail,
                        engine.info().getIncarnation(),
                        request.getAfterPosition(),
                        wanted,
                        (ServerCallStreamObserver<SubscribeResponse>) observer,
                        thread,
                        subscriptions::remove);
        subscriptions.add(subscription);
        subscription.start();
    }

    @Override
    public void getCheckpoint(
            GetCheckpointRequest request, StreamObserver<GetCheckpointResponse> observer) {
        checkPartition(request.getPartition());
        observer.onNext(checkpoint(table(request.getSubscriber())));
        observer.onCompleted();
    }

    @Override
    public void saveCheckpoint(
            SaveCheckpointRequest request, StreamObserver<SaveCheckpointResponse> observer) {
        checkPartition(request.getPartition());
        String table = table(request.getSubscriber());
        checkWithinLog("position", request.getPosition());
        if (request.getState().size() > MOST_STATE_BYTES) {
            throw WaybillException.badInput(
                    "state", "state may have at most %d bytes".formatted(MOST_STATE_BYTES));
        }
        moveForward(table, request.getPosition(), request.getState());
        observer.onNext(SaveCheckpointResponse.getDefaultInstance());
        observer.onCompleted();
    }

    /** A subscriber's checkpoint is that of a table whose one row is what is kept with it. */
    private static String table(String subscriber) {
        if (!SUBSCRIBER.matcher(subscriber).matches()) {
            throw WaybillException.badInput(
                    "subscriber",
                    "subscriber must be 1 to 100 characters from a-z, 0-9 and hyphen");
        }
        return "feed/" + subscriber;
    }

    private synchronized GetCheckpointResponse checkpoint(String table) {
        return GetCheckpointResponse.newBuilder()
                .setPosition(engine.rows().checkpoint(table))
                .setIncarnation(engine.info().getIncarnation())
                .setState(engine.rows().get(table, STATE).orElse(ByteString.EMPTY))
                .build();
    }

    private synchronized void moveForward(String table, long position, ByteString state) {
        long before = engine.rows().checkpoint(table);
        if (position < before) {
            throw Status.FAILED_PRECONDITION
                    .withDescription(
                            "the checkpoint is at %d already, after %d".formatted(before, position))
                    .asRuntimeException();
        }
        RowChange kept =
                state.isEmpty()
                        ? new RowChange.Delete(STATE, List.of())
                        : new RowChange.Put(STATE, state, List.of(), List.of());
        engine.rows().apply(table, List.of(kept), position);
    }

    private void checkPartition(int partition) {
        checkPartition("partition", partition);
    }

    private void checkPartition(String field, int partition) {
        int partitions = engine.info().getPartitions();
        if (partition < 0 || partition >= partitions) {
            throw WaybillException.badInput(
                    field, "%s must be below %d".formatted(field, partitions));
        }
    }

    private void checkWithinLog(String field, long position) {
        long end = tail.end();
        if (position < 0 || position > end) {
            throw WaybillException.badInput(
                    field,
                    "%s must not lie beyond the log's end, which is %d".formatted(field, end));
        }
    }

    /** Ends every subscription with UNAVAILABLE, and the thread. */
    @Override
    public void close() {
        closed = true;
        subscriptions.forEach(Subscription::end);
        thread.shutdown();
    }
}
