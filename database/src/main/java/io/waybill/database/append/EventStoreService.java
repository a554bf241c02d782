package io.waybill.database.append;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.waybill.database.engine.DueTimers;
import io.waybill.database.engine.StorageEngine;
import io.waybill.proto.eventstore.v1.AppendRequest;
import io.waybill.proto.eventstore.v1.AppendResponse;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimersRequest;
import io.waybill.proto.eventstore.v1.DueTimersResponse;
import io.waybill.proto.eventstore.v1.EventStoreGrpc;
import io.waybill.proto.eventstore.v1.FindCommandsRequest;
import io.waybill.proto.eventstore.v1.FindCommandsResponse;
import io.waybill.proto.eventstore.v1.GetStoreRequest;
import io.waybill.proto.eventstore.v1.GetStoreResponse;
import io.waybill.proto.eventstore.v1.ReadStreamRequest;
import io.waybill.proto.eventstore.v1.ReadStreamResponse;
import io.waybill.proto.eventstore.v1.SaveSnapshotRequest;
import io.waybill.proto.eventstore.v1.SaveSnapshotResponse;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Failures;

import java.time.Instant;
import java.util.Optional;

/** The write side over gRPC. No call holds a thread while it waits for the disk. */
public final class EventStoreService extends EventStoreGrpc.EventStoreImplBase {

    private static final int MOST_AT_ONCE = 1_000;

    /** No further commit is looked for once so many bytes are found. */
    private static final long MOST_FOUND_BYTES = 1 << 20;

    private static final int MOST_STREAM_CHARACTERS = 200;

    private final StorageEngine engine;
    private final Committer committer;

    public EventStoreService(StorageEngine engine, Committer committer) {
        this.engine = engine;
        this.committer = committer;
    }

    @Override
    public void append(AppendRequest request, StreamObserver<AppendResponse> observer) {
        checkPartition(request.getPartition());
        checkCount("commits", request.getCommitsCount());
        String incarnation = engine.info().getIncarnation();
        if (!request.getIncarnation().isEmpty() && !request.getIncarnation().equals(incarnation)) {
            observer.onNext(AppendResponse.newBuilder().setOtherIncarnation(incarnation).build());
            observer.onCompleted();
            return;
        }
        // With a handler, answering a caller that has left does nothing; without one it throws.
        ((ServerCallStreamObserver<AppendResponse>) observer).setOnCancelHandler(() -> {});
        var _ =
                committer
                        .append(request)
                        .whenComplete(
                                (response, failure) -> {
                                    if (failure == null) {
                                        observer.onNext(response);
                                        observer.onCompleted();
                                    } else {
                                        observer.onError(Failures.toStatus(failure));
                                    }
                                });
    }

    @Override
    public void readStream(ReadStreamRequest request, StreamObserver<ReadStreamResponse> observer) {
        checkPartition(request.getPartition());
        if (request.getStream().isEmpty()
                || request.getStream().length() > MOST_STREAM_CHARACTERS) {
            throw WaybillException.badInput("stream", "stream must be 1 to 200 characters");
        }
        if (request.getAfterVersion() < 0) {
            throw WaybillException.badInput("after_version", "after_version is too large");
        }
        var call = (ServerCallStreamObserver<ReadStreamResponse>) observer;
        StreamReading reading = new StreamReading(engine.log(), request, call);
        call.setOnReadyHandler(reading::go);
    }

    @Override
    public void findCommands(
            FindCommandsRequest request, StreamObserver<FindCommandsResponse> observer) {
        checkPartition(request.getPartition());
        checkCount("commands", request.getCommandsCount());
        FindCommandsResponse.Builder found = FindCommandsResponse.newBuilder();
        int answered = 0;
        long bytes = 0;
        while (answered < request.getCommandsCount() && bytes < MOST_FOUND_BYTES) {
            Optional<Commit> commit = engine.log().find(request.getCommands(answered));
            commit.ifPresent(found::addCommits);
            bytes += commit.map(Commit::getSerializedSize).orElse(0);
            answered++;
        }
        observer.onNext(found.setAnswered(answered).build());
        observer.onCompleted();
    }

    @Override
    public void dueTimers(DueTimersRequest request, StreamObserver<DueTimersResponse> observer) {
        checkPartition(request.getPartition());
        Timestamp until = request.getUntil();
        if (!request.hasUntil() || !Timestamps.isValid(until)) {
            throw WaybillException.badInput("until", "until must be a time");
        }
        checkCount("limit", request.getLimit());
        if (request.hasAfter() && !Timestamps.isValid(request.getAfter().getTimer().getDue())) {
            throw WaybillException.badInput("after", "after must be a timer with a time");
        }
        DueTimers due =
                engine.log()
                        .dueTimers(
                                request.hasAfter()
                                        ? Optional.of(request.getAfter())
                                        : Optional.empty(),
                                Instant.ofEpochSecond(until.getSeconds(), until.getNanos()),
                                request.getLimit());
        DueTimersResponse.Builder response =
                DueTimersResponse.newBuilder().addAllTimers(due.timers());
        due.next()
                .ifPresent(
                        next ->
                                response.setNextDue(
                                        Timestamp.newBuilder()
                                                .setSeconds(next.getEpochSecond())
                                                .setNanos(next.getNano())));
        observer.onNext(response.build());
        observer.onCompleted();
    }

    @Override
    public void saveSnapshot(
            SaveSnapshotRequest request, StreamObserver<SaveSnapshotResponse> observer) {
        checkPartition(request.getPartition());
        engine.log().saveSnapshot(request.getSnapshot());
        observer.onNext(SaveSnapshotResponse.getDefaultInstance());
        observer.onCompleted();
    }

    @Override
    public void getStore(GetStoreRequest request, StreamObserver<GetStoreResponse> observer) {
        observer.onNext(GetStoreResponse.newBuilder().setStore(engine.info()).build());
        observer.onCompleted();
    }

    private void checkPartition(int partition) {
        if (partition < 0 || partition >= engine.info().getPartitions()) {
            throw WaybillException.badInput(
                    "partition",
                    "partition must be below %d".formatted(engine.info().getPartitions()));
        }
    }

    private static void checkCount(String field, int count) {
        if (count < 1 || count > MOST_AT_ONCE) {
            throw WaybillException.badInput(
                    field, "%s must be 1 to %d".formatted(field, MOST_AT_ONCE));
        }
    }
}
