package io.waybill.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.reader.v1.BatchGetContactsRequest;
import io.waybill.proto.reader.v1.BatchGetContactsResponse;
import io.waybill.proto.reader.v1.CommandReaderGrpc;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.proto.reader.v1.GetCommandRequest;
import io.waybill.proto.reader.v1.GetCommandResponse;
import io.waybill.proto.reader.v1.GetContactRequest;
import io.waybill.proto.reader.v1.GetContactResponse;
import io.waybill.proto.reader.v1.GetStoreRequest;
import io.waybill.proto.reader.v1.GetStoreResponse;
import io.waybill.proto.reader.v1.ListContactsRequest;
import io.waybill.proto.reader.v1.ListContactsResponse;
import io.waybill.proto.reader.v1.StoreReaderGrpc;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Access;
import io.waybill.wire.grpc.Caller;
import io.waybill.wire.grpc.Failures;
import io.waybill.wire.grpc.GrpcChannels;
import io.waybill.wire.grpc.GrpcServer;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.identity.Role;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The reader is asked for a principal, in bounded time, over real gRPC. */
class ReaderClientTest {

    private static final Principal ADA = new Principal("ada");
    private static final Freshness AS_IT_STANDS = new Freshness.AsItStands();

    @TempDir private Path folder;

    private @Nullable GrpcServer server;
    private @Nullable ManagedChannel channel;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);

    @BeforeEach
    void open() {
        Credentials credentials = Credentials.open(folder);
        server =
                new GrpcServer(
                        new GrpcServer.Settings(
                                "reader-" + UUID.randomUUID(),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Access.builder()
                                        .only(
                                                Set.of(Role.GATEWAY),
                                                StoreReaderGrpc.getGetStoreMethod())
                                        .anyone(
                                                ContactReaderGrpc.getGetContactMethod(),
                                                ContactReaderGrpc.getBatchGetContactsMethod(),
                                                ContactReaderGrpc.getListContactsMethod(),
                                                CommandReaderGrpc.getGetCommandMethod())
                                        .build(),
                                false),
                        credentials,
                        List.<BindableService>of(new Contacts(), new CommandsOf(), new Store()));
        server.start();
        channel = GrpcChannels.tcp("127.0.0.1:" + server.port(), Role.GATEWAY, credentials);
    }

    @AfterEach
    void close() {
        if (channel != null) {
            channel.shutdownNow();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void answers_come_for_the_principal_that_asks() {
        ReaderClient reader = reader();

        assertThat(get(reader.contact(ADA, "1", AS_IT_STANDS)))
                .get()
                .extracting(ContactView::getName)
                .isEqualTo("1 for ada");
        assertThat(get(reader.contact(ADA, "absent", AS_IT_STANDS))).isEmpty();
        assertThat(
                        get(reader.ask(
                                        ADA,
                                        ContactReaderGrpc.getBatchGetContactsMethod(),
                                        BatchGetContactsRequest.newBuilder()
                                                .addIds("1")
                                                .addIds("2")
                                                .build(),
                                        new Freshness.LogEnd()))
                                .getContactsList())
                .extracting(ContactView::getName)
                .containsExactly("1 at the log's end", "2 at the log's end");
        assertThat(
                        get(reader.ask(
                                        ADA,
                                        ContactReaderGrpc.getListContactsMethod(),
                                        ListContactsRequest.newBuilder()
                                                .setFirst(7)
                                                .setAfter("cursor")
                                                .build(),
                                        new Freshness.AfterCommand("c")))
                                .getEdges(0)
                                .getCursor())
                .isEqualTo("7 cursor c");
        assertThat(get(reader.store()).getStoreId()).isEqualTo("s");
        assertThat(get(reader.command(ADA, "c", Duration.ofSeconds(2), true)))
                .get()
                .extracting(CommandView::getAggregateId)
                .isEqualTo("2000 true ada");
        assertThat(get(reader.command(ADA, "absent", Duration.ZERO, false))).isEmpty();
    }

    @Test
    void a_failure_keeps_its_code_and_sentence() {
        WaybillException failure = failure(reader().contact(ADA, "after", AS_IT_STANDS));
        assertThat(failure.code()).isEqualTo(ErrorCode.AFTER_COMMAND_TIMEOUT);
        assertThat(failure.sentence()).isEqualTo("the outcome did not come");
    }

    @Test
    void a_reader_that_is_silent_is_unavailable_in_bounded_time() {
        ReaderClient hurried = reader().within(Duration.ofMillis(200));
        long before = System.nanoTime();

        WaybillException failure = failure(hurried.contact(ADA, "silence", AS_IT_STANDS));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure.sentence()).contains("the reader");
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(150), Duration.ofSeconds(5));
    }

    @Test
    void a_reader_that_is_down_is_unavailable_within_five_seconds() {
        if (server != null) {
            server.close();
        }
        long before = System.nanoTime();

        WaybillException failure = failure(reader().contact(ADA, "1", AS_IT_STANDS));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void cancelling_an_answer_cancels_the_call() throws InterruptedException {
        CompletableFuture<?> answer =
                reader().command(ADA, "silence", Duration.ofSeconds(20), false);
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        answer.cancel(true);
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private ReaderClient reader() {
        if (channel == null) {
            throw new IllegalStateException("not open");
        }
        return new ReaderClient(channel, Duration.ZERO);
    }

    private static <T> T get(CompletableFuture<T> answer) {
        try {
            return answer.get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }

    private static WaybillException failure(CompletableFuture<?> answer) {
        Throwable failure;
        try {
            failure =
                    answer.handle((value, thrown) -> Optional.ofNullable(thrown))
                            .get(10, TimeUnit.SECONDS)
                            .orElseThrow();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no failure", e);
        }
        assertThat(failure).isInstanceOf(WaybillException.class);
        return (WaybillException) failure;
    }

    private static <T> void answer(StreamObserver<T> observer, T answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }

    private static void fail(StreamObserver<?> observer, ErrorCode code, String sentence) {
        observer.onError(Failures.toStatus(new WaybillException(code, sentence)));
    }

    private static final class Contacts extends ContactReaderGrpc.ContactReaderImplBase {

        @Override
        public void getContact(
                GetContactRequest request, StreamObserver<GetContactResponse> observer) {
            switch (request.getId()) {
                case "absent" -> fail(observer, ErrorCode.NOT_FOUND, "not found");
                case "after" ->
                        fail(observer, ErrorCode.AFTER_COMMAND_TIMEOUT, "the outcome did not come");
                case "silence" -> {}
                default ->
                        answer(
                                observer,
                                GetContactResponse.newBuilder()
                                        .setContact(
                                                view(
                                                        request.getId()
                                                                + " for "
                                                                + Caller.current().principal()))
                                        .build());
            }
        }

        @Override
        public void batchGetContacts(
                BatchGetContactsRequest request,
                StreamObserver<BatchGetContactsResponse> observer) {
            String end = request.getReadAfter().getLogEnd() ? " at the log's end" : "";
            BatchGetContactsResponse.Builder response = BatchGetContactsResponse.newBuilder();
            request.getIdsList().forEach(id -> response.addContacts(view(id + end)));
            answer(observer, response.build());
        }

        @Override
        public void listContacts(
                ListContactsRequest request, StreamObserver<ListContactsResponse> observer) {
            ListContactsResponse.Builder response = ListContactsResponse.newBuilder();
            response.addEdgesBuilder()
                    .setCursor(
                            "%d %s %s"
                                    .formatted(
                                            request.getFirst(),
                                            request.getAfter(),
                                            request.getReadAfter().getCommandId()));
            answer(observer, response.build());
        }

        private static ContactView view(String name) {
            return ContactView.newBuilder().setName(name).build();
        }
    }

    private final class CommandsOf extends CommandReaderGrpc.CommandReaderImplBase {

        @Override
        public void getCommand(
                GetCommandRequest request, StreamObserver<GetCommandResponse> observer) {
            switch (request.getCommandId()) {
                case "absent" -> fail(observer, ErrorCode.NOT_FOUND, "not found");
                case "silence" -> {
                    ((ServerCallStreamObserver<GetCommandResponse>) observer)
                            .setOnCancelHandler(cancelled::countDown);
                    asked.countDown();
                }
                default ->
                        answer(
                                observer,
                                GetCommandResponse.newBuilder()
                                        .setCommand(
                                                CommandView.newBuilder()
                                                        .setAggregateId(
                                                                "%d %s %s"
                                                                        .formatted(
                                                                                request
                                                                                        .getMaxWaitMillis(),
                                                                                request.getLogEnd(),
                                                                                Caller.current()
                                                                                        .principal())))
                                        .build());
            }
        }
    }

    private static final class Store extends StoreReaderGrpc.StoreReaderImplBase {

        @Override
        public void getStore(GetStoreRequest request, StreamObserver<GetStoreResponse> observer) {
            answer(
                    observer,
                    GetStoreResponse.newBuilder()
                            .setStore(StoreInfo.newBuilder().setStoreId("s"))
                            .build());
        }
    }
}
