package io.waybill.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.waybill.proto.reader.v1.CommandReaderGrpc;
import io.waybill.proto.reader.v1.GetCommandRequest;
import io.waybill.proto.reader.v1.GetStoreRequest;
import io.waybill.proto.reader.v1.GetStoreResponse;
import io.waybill.proto.reader.v1.StoreReaderGrpc;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.identity.Role;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

class GrpcServerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** The two ways to a server: all rules hold on both. */
    enum Transport {
        TCP,
        IN_PROCESS
    }

    private final String name = "test-" + UUID.randomUUID();
    private final TestStore store = new TestStore();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private Credentials credentials;
    private GrpcServer server;

    @BeforeEach
    void start_a_server(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("principals.json"), "{\"Zoë\": {\"token\": \"z\"}}");
        credentials = Credentials.open(folder);
        server = server(name, 0);
        server.start();
    }

    private GrpcServer server(String inProcessName, int port) {
        Access access =
                Access.builder()
                        .only(
                                Set.of(Role.GATEWAY, Role.WRITER),
                                StoreReaderGrpc.getGetStoreMethod())
                        .build();
        return new GrpcServer(
                new GrpcServer.Settings(
                                inProcessName,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                                access,
                                true)
                        .taking(10_000),
                credentials,
                List.of(store, new CommandReaderGrpc.CommandReaderImplBase() {}));
    }

    @AfterEach
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_role_that_is_allowed_is_known_to_the_service(Transport transport) {
        assertThat(ask(channel(transport, Role.WRITER))).isEqualTo("writer/anonymous");
    }

    @ParameterizedTest
    @EnumSource
    void a_role_that_is_not_allowed_is_denied(Transport transport) {
        assertCode(channel(transport, Role.READER), Status.Code.PERMISSION_DENIED);
    }

    @ParameterizedTest
    @EnumSource
    void a_method_that_is_not_listed_is_denied_to_every_role(Transport transport) {
        for (Role role : Role.values()) {
            assertThatThrownBy(
                            () ->
                                    CommandReaderGrpc.newBlockingStub(channel(transport, role))
                                            .getCommand(GetCommandRequest.getDefaultInstance()))
                    .satisfies(
                            failure ->
                                    assertThat(Status.fromThrowable(failure).getCode())
                                            .isEqualTo(Status.Code.PERMISSION_DENIED));
        }
    }

    @Test
    void a_client_without_credentials_is_anonymous_and_denied_what_is_for_roles() {
        assertCode(plain(Map.of()), Status.Code.PERMISSION_DENIED);
    }

    @Test
    void where_nobody_is_anonymous_only_the_health_is_told_without_credentials() {
        credentials = credentials.withoutAnonymous();
        server.close();
        server = server(name, 0);
        server.start();

        assertCode(plain(Map.of()), Status.Code.UNAUTHENTICATED);
        assertThat(
                        HealthGrpc.newBlockingStub(plain(Map.of()))
                                .check(HealthCheckRequest.getDefaultInstance())
                                .getStatus())
                .isNotEqualTo(ServingStatus.UNRECOGNIZED);
        assertThat(ask(channel(Transport.TCP, Role.WRITER))).isEqualTo("writer/anonymous");
    }

    @Test
    void wrong_credentials_end_the_call_whatever_is_asked() {
        String writer = credentials.secret(Role.WRITER);
        List<Map<String, String>> wrong =
                List.of(
                        Map.of("waybill-role", "writer", "waybill-secret", "guess"),
                        Map.of("waybill-role", "gateway", "waybill-secret", writer),
                        Map.of("waybill-role", "king", "waybill-secret", writer),
                        Map.of("waybill-role", "writer"),
                        Map.of("waybill-secret", writer),
                        Map.of("authorization", "Bearer guess"),
                        Map.of("authorization", "Basic eDp5"),
                        Map.of("waybill-principal", "ada"),
                        Map.of(
                                "waybill-role",
                                "writer",
                                "waybill-secret",
                                writer,
                                "waybill-principal",
                                "ada"));
        for (Map<String, String> headers : wrong) {
            assertCode(plain(headers), Status.Code.UNAUTHENTICATED);
            assertThatThrownBy(() -> health(plain(headers)))
                    .hasMessageContaining(Status.Code.UNAUTHENTICATED.name());
        }
    }

    @Test
    void a_principal_that_is_not_encoded_as_it_should_be_is_refused() {
        Map<String, String> headers =
                Map.of(
                        "waybill-role",
                        "gateway",
                        "waybill-secret",
                        credentials.secret(Role.GATEWAY),
                        "waybill-principal",
                        "%zz");

        assertCode(plain(headers), Status.Code.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @EnumSource
    void a_gateway_names_the_user_it_calls_for(Transport transport) {
        String answer =
                StoreReaderGrpc.newBlockingStub(channel(transport, Role.GATEWAY))
                        .withCallCredentials(OnBehalfOf.of(new Principal("Zoë & ☃ +")))
                        .getStore(GetStoreRequest.getDefaultInstance())
                        .getStore()
                        .getStoreId();

        assertThat(answer).isEqualTo("gateway/Zoë & ☃ +");
    }

    @Test
    void a_bearer_token_names_its_user() {
        Map<String, String> headers =
                Map.of(
                        "waybill-role",
                        "gateway",
                        "waybill-secret",
                        credentials.secret(Role.GATEWAY),
                        "authorization",
                        "bearer z");

        assertThat(ask(plain(headers))).isEqualTo("gateway/Zoë");
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_keeps_its_code_sentence_field_and_wait(Transport transport) {
        WaybillException failure =
                new WaybillException(ErrorCode.RESOURCE_EXHAUSTED, "too much, ünd more")
                        .at("count")
                        .retryAfter(Duration.ofMillis(1500));
        List<TestStore.Behaviour> ways =
                List.of(
                        observer -> {
                            throw failure;
                        },
                        observer -> observer.onError(failure),
                        observer -> observer.onError(new CompletionException(failure)),
                        observer -> observer.onError(Failures.toStatus(failure)));
        for (TestStore.Behaviour way : ways) {
            store.behaviour = way;

            WaybillException seen = failureOf(channel(transport, Role.GATEWAY));

            assertThat(seen.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
            assertThat(seen.sentence()).isEqualTo("too much, ünd more");
            assertThat(seen.field()).contains("count");
            assertThat(seen.retryAfter()).contains(Duration.ofMillis(1500));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_fault_gives_nothing_away(Transport transport) {
        List<TestStore.Behaviour> ways =
                List.of(
                        observer -> {
                            throw new IllegalStateException("the password is 1234");
                        },
                        observer -> observer.onError(new IllegalStateException("1234")),
                        observer -> {
                            observer.onNext(GetStoreResponse.getDefaultInstance());
                            throw new IllegalStateException("1234");
                        });
        for (TestStore.Behaviour way : ways) {
            store.behaviour = way;

            WaybillException seen = failureOf(channel(transport, Role.GATEWAY));

            assertThat(seen.code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(seen.sentence()).doesNotContain("1234");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_request_that_is_no_protobuf_is_refused_and_nothing_is_logged(Transport transport) {
        ListAppender<ILoggingEvent> ours = new ListAppender<>();
        List<LogRecord> theirs = new CopyOnWriteArrayList<>();
        var root = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.waybill");
        var grpc = java.util.logging.Logger.getLogger("io.grpc");
        Handler handler = keepingIn(theirs);
        ours.start();
        root.addAppender(ours);
        grpc.addHandler(handler);
        try {
            Channel channel = channel(transport, Role.GATEWAY);
            for (byte[] garbage : List.of(new byte[] {(byte) 0xff}, new byte[] {0x0a, 0x7f, 1})) {
                assertThatThrownBy(() -> send(channel, garbage))
                        .satisfies(
                                failure -> {
                                    assertThat(Status.fromThrowable(failure).getCode())
                                            .isEqualTo(Status.Code.INVALID_ARGUMENT);
                                    WaybillException seen = Failures.fromStatus(failure, "it");
                                    assertThat(seen.code()).isEqualTo(ErrorCode.UNDECODABLE);
                                    assertThat(seen.sentence())
                                            .isEqualTo(
                                                    "the request is not the protobuf message that"
                                                            + " waybill.reader.v1.StoreReader/GetStore"
                                                            + " takes");
                                });
            }
            assertThat(ask(channel)).isEqualTo("gateway/anonymous");
        } finally {
            root.detachAppender(ours);
            grpc.removeHandler(handler);
        }
        assertThat(ours.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .isEmpty();
        assertThat(theirs).isEmpty();
    }

    @Test
    void who_may_not_call_is_told_so_whatever_is_sent() {
        assertThatThrownBy(() -> send(plain(Map.of()), new byte[] {(byte) 0xff}))
                .satisfies(
                        failure ->
                                assertThat(Status.fromThrowable(failure).getCode())
                                        .isEqualTo(Status.Code.PERMISSION_DENIED));
    }

    /** Calls a method with bytes that need not be its message. */
    private static void send(Channel channel, byte[] request) {
        Marshaller<byte[]> bytes =
                new Marshaller<>() {
                    @Override
                    public InputStream stream(byte[] message) {
                        return new ByteArrayInputStream(message);
                    }

                    @Override
                    public byte[] parse(InputStream stream) {
                        throw new UnsupportedOperationException();
                    }
                };
        var getStore = StoreReaderGrpc.getGetStoreMethod();
        ClientCalls.blockingUnaryCall(
                channel,
                getStore.toBuilder(bytes, getStore.getResponseMarshaller()).build(),
                CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                request);
    }

    private static Handler keepingIn(List<LogRecord> records) {
        return new Handler() {
            @Override
            public void publish(LogRecord event) {
                if (event.getLevel().intValue() >= java.util.logging.Level.INFO.intValue()) {
                    records.add(event);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void a_request_larger_than_the_server_takes_is_refused() {
        GetStoreRequest large =
                GetStoreRequest.newBuilder()
                        .setUnknownFields(
                                UnknownFieldSet.newBuilder()
                                        .addField(
                                                99,
                                                UnknownFieldSet.Field.newBuilder()
                                                        .addLengthDelimited(
                                                                ByteString.copyFrom(
                                                                        new byte[10_001]))
                                                        .build())
                                        .build())
                        .build();

        assertThatThrownBy(
                        () ->
                                StoreReaderGrpc.newBlockingStub(
                                                channel(Transport.TCP, Role.GATEWAY))
                                        .getStore(large))
                .isInstanceOf(StatusRuntimeException.class);
        assertThat(ask(channel(Transport.TCP, Role.GATEWAY))).isEqualTo("gateway/anonymous");
    }

    @Test
    void health_is_for_anyone_and_says_whether_the_role_serves() {
        assertThat(health(plain(Map.of()))).isEqualTo(ServingStatus.NOT_SERVING);

        server.serving(true);

        assertThat(health(plain(Map.of()))).isEqualTo(ServingStatus.SERVING);
        assertThat(
                        HealthGrpc.newBlockingStub(plain(Map.of()))
                                .check(
                                        HealthCheckRequest.newBuilder()
                                                .setService("waybill.reader.v1.StoreReader")
                                                .build())
                                .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void reflection_names_the_services_to_anyone() throws Exception {
        var names = new CompletableFuture<List<String>>();
        StreamObserver<ServerReflectionRequest> request =
                ServerReflectionGrpc.newStub(plain(Map.of()))
                        .serverReflectionInfo(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(ServerReflectionResponse response) {
                                        names.complete(
                                                response
                                                        .getListServicesResponse()
                                                        .getServiceList()
                                                        .stream()
                                                        .map(ServiceResponse::getName)
                                                        .toList());
                                    }

                                    @Override
                                    public void onError(Throwable failure) {
                                        names.completeExceptionally(failure);
                                    }

                                    @Override
                                    public void onCompleted() {}
                                });
        request.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

        assertThat(names.get(10, TimeUnit.SECONDS))
                .contains("waybill.reader.v1.StoreReader", "grpc.health.v1.Health");
        request.onCompleted();
    }

    @Test
    void a_taken_port_is_named() {
        GrpcServer second = server("other-" + UUID.randomUUID(), server.port());

        assertThatThrownBy(second::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(":" + server.port())
                .hasMessageContaining("in use");
        second.close();
    }

    @Test
    void a_taken_name_is_named() {
        GrpcServer second = server(name, 0);

        assertThatThrownBy(second::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(name);
        second.close();
    }

    @Test
    void closing_lets_a_running_call_finish() throws Exception {
        CompletableFuture<StreamObserver<GetStoreResponse>> held = new CompletableFuture<>();
        store.behaviour = held::complete;
        var answer =
                StoreReaderGrpc.newFutureStub(channel(Transport.TCP, Role.GATEWAY))
                        .getStore(GetStoreRequest.getDefaultInstance());
        StreamObserver<GetStoreResponse> observer = held.get(10, TimeUnit.SECONDS);
        ManagedChannel other = channel(Transport.TCP, Role.GATEWAY);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        await().atMost(SOON).untilAsserted(() -> assertCode(other, Status.Code.UNAVAILABLE));
        observer.onNext(GetStoreResponse.getDefaultInstance());
        observer.onCompleted();

        assertThat(answer.get(10, TimeUnit.SECONDS)).isNotNull();
        closing.get(10, TimeUnit.SECONDS);
    }

    @Test
    void closing_ends_a_call_that_does_not_end() throws Exception {
        CompletableFuture<StreamObserver<GetStoreResponse>> held = new CompletableFuture<>();
        store.behaviour = held::complete;
        var answer =
                StoreReaderGrpc.newFutureStub(channel(Transport.TCP, Role.GATEWAY))
                        .getStore(GetStoreRequest.getDefaultInstance());
        held.get(10, TimeUnit.SECONDS);

        CompletableFuture.runAsync(server::close).get(10, TimeUnit.SECONDS);

        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StatusRuntimeException.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_channel_finds_a_server_that_was_long_away_within_about_a_second(Transport transport) {
        int port = server.port();
        ManagedChannel channel = channel(transport, Role.GATEWAY);
        assertThat(ask(channel)).isNotEmpty();
        server.close();
        // Long enough for grpc-java's own wait between two attempts to grow beyond two seconds.
        long away = System.nanoTime() + TimeUnit.SECONDS.toNanos(6);
        await().atMost(SOON)
                .until(
                        () -> {
                            assertCode(channel, Status.Code.UNAVAILABLE);
                            return System.nanoTime() > away;
                        });

        server = server(name, port);
        server.start();

        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(2))
                .ignoreExceptions()
                .until(() -> ask(channel).equals("gateway/anonymous"));
    }

    private ManagedChannel channel(Transport transport, Role role) {
        ManagedChannel channel =
                switch (transport) {
                    case TCP -> GrpcChannels.tcp("127.0.0.1:" + server.port(), role, credentials);
                    case IN_PROCESS -> GrpcChannels.inProcess(name, role, credentials);
                };
        channels.add(channel);
        return channel;
    }

    /** A channel that sends just these headers. */
    private Channel plain(Map<String, String> headers) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
        channels.add(channel);
        Metadata metadata = new Metadata();
        headers.forEach(
                (key, value) ->
                        metadata.put(
                                Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), value));
        return ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private static String ask(Channel channel) {
        return StoreReaderGrpc.newBlockingStub(channel)
                .withDeadlineAfter(Duration.ofSeconds(10))
                .getStore(GetStoreRequest.getDefaultInstance())
                .getStore()
                .getStoreId();
    }

    private static ServingStatus health(Channel channel) {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    private static WaybillException failureOf(Channel channel) {
        try {
            throw new AssertionError("answered " + ask(channel));
        } catch (StatusRuntimeException e) {
            return Failures.fromStatus(e, "the store");
        }
    }

    private static void assertCode(Channel channel, Status.Code code) {
        assertThatThrownBy(() -> ask(channel))
                .satisfies(
                        failure ->
                                assertThat(Status.fromThrowable(failure).getCode())
                                        .isEqualTo(code));
    }
}
