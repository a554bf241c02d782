package io.waybill.writer.store;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.waybill.proto.eventstore.v1.AppendRequest;
import io.waybill.proto.eventstore.v1.AppendResponse;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.EventStoreGrpc;
import io.waybill.proto.eventstore.v1.GetStoreRequest;
import io.waybill.proto.eventstore.v1.GetStoreResponse;
import io.waybill.proto.eventstore.v1.ReadStreamRequest;
import io.waybill.proto.eventstore.v1.ReadStreamResponse;
import io.waybill.proto.eventstore.v1.StoreInfo;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The database's write service with a stream of any length, a commit to a page, sent as fast as
 * they are asked for. Its calls run on the caller's thread.
 */
public final class StandInEventStore extends EventStoreGrpc.EventStoreImplBase
        implements AutoCloseable {

    public static final StoreInfo STORE =
            StoreInfo.newBuilder()
                    .setStoreId("there")
                    .setPartitions(1)
                    .setIncarnation("first")
                    .build();

    private final Server server;
    private final ManagedChannel channel;
    private final int pages;
    final AtomicInteger pagesSent = new AtomicInteger();
    public final AtomicInteger appends = new AtomicInteger();

    public StandInEventStore(int pages) throws IOException {
        this.pages = pages;
        String name = UUID.randomUUID().toString();
        server =
                InProcessServerBuilder.forName(name)
                        .directExecutor()
                        .addService(this)
                        .build()
                        .start();
        channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    public ManagedChannel channel() {
        return channel;
    }

    @Override
    public void readStream(ReadStreamRequest request, StreamObserver<ReadStreamResponse> observer) {
        var call = (ServerCallStreamObserver<ReadStreamResponse>) observer;
        call.setOnReadyHandler(
                () -> {
                    while (call.isReady() && pagesSent.get() < pages) {
                        Commit commit =
                                Commit.newBuilder().setVersion(pagesSent.incrementAndGet()).build();
                        call.onNext(ReadStreamResponse.newBuilder().addCommits(commit).build());
                        if (pagesSent.get() == pages) {
                            call.onCompleted();
                        }
                    }
                });
    }

    @Override
    public void append(AppendRequest request, StreamObserver<AppendResponse> observer) {
        appends.incrementAndGet();
        observer.onNext(
                AppendResponse.newBuilder().setOtherIncarnation(STORE.getIncarnation()).build());
        observer.onCompleted();
    }

    @Override
    public void getStore(GetStoreRequest request, StreamObserver<GetStoreResponse> observer) {
        observer.onNext(GetStoreResponse.newBuilder().setStore(STORE).build());
        observer.onCompleted();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
