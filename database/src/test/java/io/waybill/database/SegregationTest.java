package io.waybill.database;

import static io.waybill.database.engine.Proposals.adds;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.proto.eventstore.v1.EventStoreGrpc;
import io.waybill.proto.feed.v1.EventFeedGrpc;
import io.waybill.proto.query.v1.CommandQueriesGrpc;
import io.waybill.proto.query.v1.StoreQueriesGrpc;
import io.waybill.proto.query.v1.ViewQueriesGrpc;
import io.waybill.wire.identity.Role;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The writer writes, the reader reads, and neither does the other's work: every method, every role.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SegregationTest {

    private static final List<ServiceDescriptor> FOR_THE_WRITER =
            List.of(EventStoreGrpc.getServiceDescriptor(), EventFeedGrpc.getServiceDescriptor());
    private static final List<ServiceDescriptor> FOR_THE_READER =
            List.of(
                    ViewQueriesGrpc.getServiceDescriptor(),
                    CommandQueriesGrpc.getServiceDescriptor(),
                    StoreQueriesGrpc.getServiceDescriptor());
    private static final ServiceDescriptor FOR_ANYONE = HealthGrpc.getServiceDescriptor();

    private TestDatabase database;

    @BeforeAll
    void start(@TempDir Path folder) {
        database = TestDatabase.on(new MemoryEngine("store", "incarnation"), folder);
        database.append(adds("a", "ada"));
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> each_method_is_for_one_role_alone() {
        List<DynamicTest> tests = new ArrayList<>();
        callers()
                .forEach(
                        (caller, channel) -> {
                            boolean writes = caller.startsWith("writer");
                            boolean reads = caller.startsWith("reader");
                            FOR_THE_WRITER.forEach(s -> add(tests, s, caller, channel, writes));
                            FOR_THE_READER.forEach(s -> add(tests, s, caller, channel, reads));
                            add(tests, FOR_ANYONE, caller, channel, true);
                        });
        return tests.stream();
    }

    private Map<String, Channel> callers() {
        Map<String, Channel> callers = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            callers.put(role.label() + " in process", database.inProcess(role));
            callers.put(role.label() + " over TCP", database.tcp(role));
        }
        callers.put(
                "anyone in process",
                database.own(InProcessChannelBuilder.forName(database.name()).build()));
        callers.put(
                "anyone over TCP",
                database.own(
                        NettyChannelBuilder.forAddress("localhost", database.role().port())
                                .usePlaintext()
                                .build()));
        return callers;
    }

    private static void add(
            List<DynamicTest> tests,
            ServiceDescriptor service,
            String caller,
            Channel channel,
            boolean allowed) {
        for (MethodDescriptor<?, ?> method : service.getMethods()) {
            tests.add(
                    DynamicTest.dynamicTest(
                            "%s %s call %s"
                                    .formatted(
                                            caller,
                                            allowed ? "may" : "may not",
                                            method.getFullMethodName()),
                            () -> {
                                Status.Code code = call(channel, method);
                                if (allowed) {
                                    assertThat(code).isNotEqualTo(Status.Code.PERMISSION_DENIED);
                                    assertThat(code).isNotEqualTo(Status.Code.UNAUTHENTICATED);
                                    assertThat(code).isNotEqualTo(Status.Code.UNIMPLEMENTED);
                                } else {
                                    assertThat(code).isEqualTo(Status.Code.PERMISSION_DENIED);
                                }
                            }));
        }
    }

    @Test
    void every_method_that_is_offered_is_listed() {
        Stream.of(FOR_THE_WRITER, FOR_THE_READER)
                .flatMap(List::stream)
                .flatMap(service -> service.getMethods().stream())
                .forEach(
                        method ->
                                assertThat(DatabaseAccess.table().roles(method.getFullMethodName()))
                                        .isPresent());
    }

    @Test
    void what_is_not_listed_is_refused() {
        MethodDescriptor<?, ?> reflection = ServerReflectionGrpc.getServerReflectionInfoMethod();
        assertThat(call(database.tcp(Role.WRITER), reflection))
                .isIn(Status.Code.PERMISSION_DENIED, Status.Code.UNIMPLEMENTED);
    }

    /** OK when there is an answer, else the status that the call ends with. */
    private static <Q, A> Status.Code call(Channel channel, MethodDescriptor<Q, A> method) {
        CompletableFuture<Status.Code> outcome = new CompletableFuture<>();
        ClientCall<Q, A> call =
                channel.newCall(
                        method, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS));
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(A message) {
                        outcome.complete(Status.Code.OK);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        outcome.complete(status.getCode());
                    }
                },
                new Metadata());
        call.request(1);
        call.sendMessage(emptyRequest(method));
        call.halfClose();
        Status.Code code = outcome.join();
        call.cancel("seen enough", null);
        return code;
    }

    private static <Q> Q emptyRequest(MethodDescriptor<Q, ?> method) {
        return method.parseRequest(new java.io.ByteArrayInputStream(new byte[0]));
    }
}
