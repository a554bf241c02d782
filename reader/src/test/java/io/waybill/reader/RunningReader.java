package io.waybill.reader;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.query.v1.CommandQueriesGrpc;
import io.waybill.proto.query.v1.StoreQueriesGrpc;
import io.waybill.proto.query.v1.ViewQueriesGrpc;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Access;
import io.waybill.wire.grpc.Failures;
import io.waybill.wire.grpc.GrpcChannels;
import io.waybill.wire.grpc.GrpcServer;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;

import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A reader on a free port with a database in memory, for each test anew, and channels of several
 * callers.
 */
final class RunningReader implements BeforeEachCallback, AfterEachCallback {

    static final String ADAS_TOKEN = "token-of-ada";

    final InMemoryQueries queries = new InMemoryQueries();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final String name = "reader-" + UUID.randomUUID();
    private final String databaseName = "database-" + UUID.randomUUID();
    private final Path folder;
    private final Credentials credentials;
    private final ReaderRole role;
    private GrpcServer database;
    private long position;

    RunningReader() {
        try {
            folder = Files.createTempDirectory("reader-test");
            Path principals =
                    Files.createFile(
                            folder.resolve("principals.json"),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    principals,
                    "{\"ada\": {\"token\": \"%s\", \"password\": \"secret of ada\"}}"
                            .formatted(ADAS_TOKEN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        credentials = Credentials.open(folder);
        database = openDatabase();
        role = start(GrpcChannels.inProcess(databaseName, Role.READER, credentials), name);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Awaitility.await().until(() -> role.health().up());
    }

    /** A reader of a database behind a channel. */
    ReaderRole start(ManagedChannel toDatabase, String inProcessName) {
        channels.add(toDatabase);
        ReaderRole started =
                new ReaderRole(
                        new ReaderSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                inProcessName,
                                Duration.ZERO),
                        credentials,
                        toDatabase);
        started.start();
        return started;
    }

    void startDatabase() {
        database = openDatabase();
    }

    private GrpcServer openDatabase() {
        GrpcServer opened =
                new GrpcServer(
                        new GrpcServer.Settings(
                                databaseName,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Access.builder()
                                        .only(
                                                Set.of(Role.READER),
                                                ViewQueriesGrpc.getGetViewsMethod(),
                                                ViewQueriesGrpc.getListViewsMethod(),
                                                CommandQueriesGrpc.getGetCommandMethod(),
                                                StoreQueriesGrpc.getGetStoreMethod())
                                        .build(),
                                false),
                        credentials,
                        queries.services());
        opened.start();
        return opened;
    }

    void stopDatabase() {
        database.close();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        role.close();
        database.close();
        channels.forEach(ManagedChannel::shutdownNow);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    ReaderRole role() {
        return role;
    }

    String databaseName() {
        return databaseName;
    }

    Credentials credentials() {
        return credentials;
    }

    /** A client over TCP without credentials. */
    Channel anyone() {
        return kept(
                ManagedChannelBuilder.forAddress("127.0.0.1", role.port()).usePlaintext().build());
    }

    /** A client in this JVM without credentials. */
    Channel anyoneInProcess() {
        return kept(InProcessChannelBuilder.forName(name).build());
    }

    /** A user of the credentials file, over TCP. */
    Channel bearing(String token) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + token);
        return ClientInterceptors.intercept(
                anyone(), MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** A role, over TCP. */
    Channel role(Role caller) {
        return kept(GrpcChannels.tcp("127.0.0.1:" + role.port(), caller, credentials));
    }

    private ManagedChannel kept(ManagedChannel channel) {
        channels.add(channel);
        return channel;
    }

    /** Options of a call that may take as long as any test. */
    static CallOptions patient() {
        return CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    /** A contact in the read model, added after all others. */
    ContactView added(String contactName) {
        position++;
        ContactView contact =
                ContactView.newBuilder()
                        .setId(UUID.randomUUID().toString())
                        .setName(contactName)
                        .setVersion(1)
                        .setCreatedPosition(position * 3)
                        .build();
        queries.add(contact);
        return contact;
    }

    /** A command's outcome in the read model. */
    CommandView recorded(String principal, String commandId) {
        CommandView command =
                CommandView.newBuilder()
                        .setPrincipal(principal)
                        .setCommandId(commandId)
                        .setVersion(7)
                        .build();
        queries.record(command);
        return command;
    }

    /** The failure of a call, which must have the status and the code. */
    static WaybillException failure(Status.Code status, ErrorCode code, ThrowingCallable call) {
        StatusRuntimeException failure =
                Assertions.catchThrowableOfType(StatusRuntimeException.class, call);
        Assertions.assertThat(failure).as("the call fails").isNotNull();
        Assertions.assertThat(failure.getStatus().getCode()).isEqualTo(status);
        WaybillException meaning = Failures.fromStatus(failure, "the reader");
        Assertions.assertThat(meaning.code()).isEqualTo(code);
        return meaning;
    }
}
