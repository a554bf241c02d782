package io.waybill.reader;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.waybill.database.DatabaseRole;
import io.waybill.database.DatabaseSettings;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.AppendRequest;
import io.waybill.proto.eventstore.v1.EventStoreGrpc;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.proto.reader.v1.ReadAfter;
import io.waybill.wire.grpc.GrpcChannels;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;

import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A reader of a real database, and what happened in it. Ids follow from short names. */
final class StoredWorld implements AutoCloseable {

    /** All that was stored before. */
    static final ReadAfter NOW = ReadAfter.newBuilder().setLogEnd(true).build();

    private static final String ADAS_TOKEN = "token-of-ada";

    private final String name = "world-" + UUID.randomUUID();
    private final DatabaseRole database;
    private final ReaderRole reader;
    private final EventStoreGrpc.EventStoreBlockingStub store;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final Map<String, Long> versions = new HashMap<>();
    private int commands;

    StoredWorld(Path folder) throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("credentials"));
        Path principals =
                Files.createFile(
                        secrets.resolve("principals.json"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                principals,
                "{\"ada\": {\"token\": \"%s\", \"password\": \"secret of ada\"}}"
                        .formatted(ADAS_TOKEN));
        Credentials credentials = Credentials.open(secrets);
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        database =
                new DatabaseRole(
                        new DatabaseSettings(
                                folder.resolve("database"), anywhere, name + "-database"),
                        credentials);
        database.start();
        reader =
                new ReaderRole(
                        new ReaderSettings(anywhere, name, Duration.ZERO),
                        credentials,
                        kept(GrpcChannels.inProcess(name + "-database", Role.READER, credentials)));
        reader.start();
        store =
                EventStoreGrpc.newBlockingStub(
                        kept(GrpcChannels.inProcess(name + "-database", Role.WRITER, credentials)));
        Awaitility.await().until(() -> reader.health().up());
    }

    private ManagedChannel kept(ManagedChannel channel) {
        channels.add(channel);
        return channel;
    }

    /** Anyone. */
    Channel client() {
        return kept(InProcessChannelBuilder.forName(name).build());
    }

    /** A user of the credentials file. */
    Channel ada() {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + ADAS_TOKEN);
        return ClientInterceptors.intercept(
                client(), MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    static Timestamp at(long seconds) {
        return Timestamps.fromSeconds(seconds);
    }

    /** Something happens to an aggregate. */
    void happens(String aggregate, String named, Message... events) {
        append(next(aggregate + "/" + id(named), events));
    }

    /** The same, with the wake-up of its saga that is set by it. */
    void happens(Timestamp deadline, String aggregate, String named, Message... events) {
        append(
                next(aggregate + "/" + id(named), events)
                        .addTimersSet(
                                Timer.newBuilder()
                                        .setName("saga")
                                        .setDue(deadline)
                                        .setDeadline(deadline)));
    }

    /** The commit of the next command, on which nothing is decided yet. */
    ProposedCommit.Builder next(String stream, Message... events) {
        commands++;
        long before = versions.getOrDefault(stream, 0L);
        versions.put(stream, before + events.length);
        return ProposedCommit.newBuilder()
                .setStream(stream)
                .setExpectedVersion(before)
                .setCommand(
                        CommandIdentity.newBuilder()
                                .setPrincipal("anonymous")
                                .setCommandId(id("command " + commands)))
                .setFingerprint(ByteString.copyFromUtf8("f" + commands))
                .setOutcome(Outcome.newBuilder().setKind(OutcomeKind.OUTCOME_KIND_APPLIED))
                .setDecidedAt(at(commands))
                .setMetadata(
                        io.waybill.proto.command.v1.Metadata.newBuilder()
                                .setDoor("MQTT")
                                .setTopic("TEST/DO"))
                .addAllEvents(
                        Stream.of(events)
                                .map(
                                        event ->
                                                RecordedEvent.newBuilder()
                                                        .setType(
                                                                event.getDescriptorForType()
                                                                        .getFullName())
                                                        .setData(event.toByteString())
                                                        .build())
                                .toList());
    }

    void append(ProposedCommit.Builder commit) {
        Assertions.assertThat(
                        store.append(AppendRequest.newBuilder().addCommits(commit).build())
                                .getResults(0)
                                .hasRecorded())
                .isTrue();
    }

    @Override
    public void close() {
        reader.close();
        channels.forEach(ManagedChannel::shutdownNow);
        database.close();
    }
}
