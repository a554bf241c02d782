package io.waybill.database;

import io.grpc.ManagedChannel;
import io.waybill.database.engine.StorageEngine;
import io.waybill.database.engine.rocks.RocksEngine;
import io.waybill.proto.eventstore.v1.AppendRequest;
import io.waybill.proto.eventstore.v1.AppendResponse;
import io.waybill.proto.eventstore.v1.EventStoreGrpc;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.feed.v1.EventFeedGrpc;
import io.waybill.proto.query.v1.CommandQueriesGrpc;
import io.waybill.proto.query.v1.Freshness;
import io.waybill.proto.query.v1.StoreQueriesGrpc;
import io.waybill.proto.query.v1.ViewQueriesGrpc;
import io.waybill.wire.grpc.GrpcChannels;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A running database for tests, and channels to it. */
public final class TestDatabase implements AutoCloseable {

    /** All that is in the log, and at most five seconds for it. */
    public static final Freshness LOG_END =
            Freshness.newBuilder().setLogEnd(true).setMaxWaitMillis(5_000).build();

    private final String name = "database-" + UUID.randomUUID();
    private final Credentials credentials;
    private final DatabaseRole role;
    private final List<ManagedChannel> channels = new ArrayList<>();

    private TestDatabase(Path folder, Supplier<StorageEngine> engine) {
        credentials = Credentials.open(folder.resolve("credentials"));
        role =
                new DatabaseRole(
                        new DatabaseSettings(
                                folder.resolve("database"),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                name),
                        credentials,
                        engine);
        role.start();
    }

    /** One on RocksDB, whose store is in the folder. */
    public static TestDatabase in(Path folder) {
        return new TestDatabase(folder, () -> RocksEngine.open(folder.resolve("database")));
    }

    /** One on another engine; the folder keeps the secrets. */
    public static TestDatabase on(StorageEngine engine, Path folder) {
        return new TestDatabase(folder, () -> engine);
    }

    public DatabaseRole role() {
        return role;
    }

    public Credentials credentials() {
        return credentials;
    }

    public String name() {
        return name;
    }

    public ManagedChannel inProcess(Role caller) {
        return own(GrpcChannels.inProcess(name, caller, credentials));
    }

    public ManagedChannel tcp(Role caller) {
        return own(GrpcChannels.tcp("localhost:" + role.port(), caller, credentials));
    }

    public ManagedChannel own(ManagedChannel channel) {
        channels.add(channel);
        return channel;
    }

    public EventStoreGrpc.EventStoreBlockingStub eventStore() {
        return EventStoreGrpc.newBlockingStub(inProcess(Role.WRITER));
    }

    public EventFeedGrpc.EventFeedBlockingStub feed() {
        return EventFeedGrpc.newBlockingStub(inProcess(Role.WRITER));
    }

    public ViewQueriesGrpc.ViewQueriesBlockingStub views() {
        return ViewQueriesGrpc.newBlockingStub(inProcess(Role.READER));
    }

    public CommandQueriesGrpc.CommandQueriesBlockingStub commands() {
        return CommandQueriesGrpc.newBlockingStub(inProcess(Role.READER));
    }

    public StoreQueriesGrpc.StoreQueriesBlockingStub store() {
        return StoreQueriesGrpc.newBlockingStub(inProcess(Role.READER));
    }

    public AppendResponse append(ProposedCommit.Builder... commits) {
        return eventStore().append(request(commits));
    }

    public static AppendRequest request(ProposedCommit.Builder... commits) {
        return AppendRequest.newBuilder()
                .addAllCommits(Stream.of(commits).map(ProposedCommit.Builder::build).toList())
                .build();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        for (ManagedChannel channel : channels) {
            try {
                channel.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        role.close();
    }
}
