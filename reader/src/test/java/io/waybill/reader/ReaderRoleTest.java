package io.waybill.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.proto.reader.v1.GetStoreRequest;
import io.waybill.proto.reader.v1.ListContactsRequest;
import io.waybill.proto.reader.v1.StoreReaderGrpc;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.GrpcChannels;
import io.waybill.wire.identity.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.UUID;

class ReaderRoleTest {

    private static final ListContactsRequest LIST =
            ListContactsRequest.newBuilder().setFirst(10).build();

    @RegisterExtension final RunningReader reader = new RunningReader();

    private static ServingStatus serving(Channel channel) {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(Duration.ofSeconds(10))
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    private static void list(Channel channel) {
        ContactReaderGrpc.newBlockingStub(channel)
                .withDeadlineAfter(Duration.ofSeconds(30))
                .listContacts(LIST);
    }

    private static WaybillException unavailable(Channel channel) {
        return RunningReader.failure(
                Status.Code.UNAVAILABLE, ErrorCode.UNAVAILABLE, () -> list(channel));
    }

    @Test
    void its_health_follows_the_database_and_so_do_reads() {
        Channel client = reader.anyone();
        await().until(() -> serving(client) == ServingStatus.SERVING);
        list(client);

        reader.stopDatabase();
        WaybillException failure = unavailable(client);
        await().until(() -> serving(client) == ServingStatus.NOT_SERVING);
        assertThat(reader.role().health().up()).isFalse();
        assertThat(reader.role().health().detail()).isEqualTo("the database does not answer");

        reader.startDatabase();
        await().until(() -> serving(client) == ServingStatus.SERVING);
        await().until(() -> reader.role().health().up());
        list(client);

        assertThat(failure.sentence()).isEqualTo("the database does not answer");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
    }

    @Test
    void a_database_that_takes_connections_and_keeps_silent_is_unavailable_within_five_seconds()
            throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ReaderRole role =
                        reader.start(
                                GrpcChannels.tcp(
                                        "127.0.0.1:" + silent.getLocalPort(),
                                        Role.READER,
                                        reader.credentials()),
                                "reader-" + UUID.randomUUID())) {
            ManagedChannel client =
                    ManagedChannelBuilder.forAddress("127.0.0.1", role.port())
                            .usePlaintext()
                            .build();
            long begun = System.nanoTime();
            unavailable(client);
            client.shutdownNow();

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(5));
            assertThat(role.health().up()).isFalse();
        }
    }

    @Test
    void a_database_that_refuses_the_reader_is_not_the_clients_fault() {
        // A role that may not query stands in for a reader with another store's secret.
        try (ReaderRole role =
                reader.start(
                        GrpcChannels.inProcess(
                                reader.databaseName(), Role.WRITER, reader.credentials()),
                        "reader-" + UUID.randomUUID())) {
            ManagedChannel client =
                    ManagedChannelBuilder.forAddress("127.0.0.1", role.port())
                            .usePlaintext()
                            .build();
            WaybillException failure = unavailable(client);
            client.shutdownNow();

            assertThat(failure.sentence())
                    .isEqualTo("the database refuses the reader's credentials");
        }
    }

    @Test
    void gateways_may_ask_which_store_is_read() {
        assertThat(store(reader.role(Role.GATEWAY))).isEqualTo(InMemoryQueries.STORE);
    }

    @Test
    void a_client_may_not_ask_which_store_is_read() {
        RunningReader.failure(
                Status.Code.PERMISSION_DENIED,
                ErrorCode.PERMISSION_DENIED,
                () -> store(reader.anyone()));
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = "GATEWAY", mode = EnumSource.Mode.EXCLUDE)
    void no_other_role_may_ask_which_store_is_read(Role role) {
        RunningReader.failure(
                Status.Code.PERMISSION_DENIED,
                ErrorCode.PERMISSION_DENIED,
                () -> store(reader.role(role)));
    }

    private static Object store(Channel channel) {
        return StoreReaderGrpc.newBlockingStub(channel)
                .withDeadlineAfter(Duration.ofSeconds(30))
                .getStore(GetStoreRequest.getDefaultInstance())
                .getStore();
    }

    @Test
    void a_wrong_token_is_refused() {
        RunningReader.failure(
                Status.Code.UNAUTHENTICATED,
                ErrorCode.UNAUTHENTICATED,
                () -> list(reader.bearing("a token of nobody")));
    }

    @Test
    void it_may_be_closed_twice() {
        reader.role().close();
        reader.role().close();

        assertThat(reader.role().role()).isEqualTo(Role.READER);
    }
}
