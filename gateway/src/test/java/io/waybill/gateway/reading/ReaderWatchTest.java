package io.waybill.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.waybill.proto.reader.v1.GetStoreRequest;
import io.waybill.proto.reader.v1.GetStoreResponse;
import io.waybill.proto.reader.v1.StoreReaderGrpc;
import io.waybill.wire.grpc.Access;
import io.waybill.wire.grpc.GrpcChannels;
import io.waybill.wire.grpc.GrpcServer;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.time.ThreadEventLoop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the gateway says of a reader that comes and goes. */
class ReaderWatchTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path folder;

    private final String name = "reader-" + UUID.randomUUID();
    private final ThreadEventLoop loop = new ThreadEventLoop("watch");
    private Credentials credentials;
    private ManagedChannel channel;
    private ReaderWatch watch;

    @BeforeEach
    void watch_a_reader_that_is_away() {
        credentials = Credentials.open(folder);
        channel = GrpcChannels.inProcess(name, Role.GATEWAY, credentials);
        watch = new ReaderWatch(new ReaderClient(channel, Duration.ZERO), loop);
    }

    @AfterEach
    void stop() {
        loop.close();
        channel.shutdownNow();
    }

    @Test
    void it_is_down_before_anything_was_asked() {
        assertThat(watch.health().up()).isFalse();
        assertThat(watch.health().detail()).isEqualTo("the reader has not answered yet");
    }

    @Test
    void it_is_down_with_the_reason_until_a_read_was_answered_and_then_while_none_is() {
        watch.start();
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(watch.health().detail())
                                        .isEqualTo("the reader does not answer now"));
        assertThat(watch.hasAnswered()).isFalse();

        try (GrpcServer _ = reader()) {
            await().atMost(SOON).until(() -> watch.health().up());
            assertThat(watch.hasAnswered()).isTrue();
        }

        await().atMost(SOON).until(() -> !watch.health().up());
        assertThat(watch.hasAnswered()).as("what was ready once").isTrue();
    }

    private GrpcServer reader() {
        GrpcServer server =
                new GrpcServer(
                        new GrpcServer.Settings(
                                name,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Access.builder()
                                        .only(
                                                Set.of(Role.GATEWAY),
                                                StoreReaderGrpc.getGetStoreMethod())
                                        .build(),
                                false),
                        credentials,
                        List.of(new Store()));
        server.start();
        return server;
    }

    private static final class Store extends StoreReaderGrpc.StoreReaderImplBase {

        @Override
        public void getStore(GetStoreRequest request, StreamObserver<GetStoreResponse> observer) {
            observer.onNext(GetStoreResponse.getDefaultInstance());
            observer.onCompleted();
        }
    }
}
