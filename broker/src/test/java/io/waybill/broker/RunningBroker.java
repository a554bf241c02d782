package io.waybill.broker;

import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** A broker on free ports, with a user named ada and one named bob. */
final class RunningBroker implements AutoCloseable {

    private final BrokerRole role;
    private final Credentials credentials;

    private RunningBroker(BrokerRole role, Credentials credentials) {
        this.role = role;
        this.credentials = credentials;
    }

    static RunningBroker in(Path folder) {
        return in(folder, true);
    }

    static RunningBroker in(Path folder, boolean anonymousAllowed) {
        Credentials credentials = credentials(folder.resolve("credentials"));
        BrokerRole role =
                new BrokerRole(
                        new BrokerSettings(
                                folder.resolve("broker"), "127.0.0.1", 0, 0, anonymousAllowed),
                        credentials);
        role.start();
        return new RunningBroker(role, credentials);
    }

    /** One whose disk has as much room as the test says. */
    static RunningBroker withRoom(Path folder, LongSupplier freeBytes) {
        Credentials credentials = credentials(folder.resolve("credentials"));
        BrokerRole role =
                new BrokerRole(
                        new BrokerSettings(folder.resolve("broker"), "127.0.0.1", 0, 0, true),
                        credentials,
                        freeBytes);
        role.start();
        return new RunningBroker(role, credentials);
    }

    static Credentials credentials(Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("principals.json");
            Files.writeString(
                    file,
                    """
                    {"ada": {"token": "ada-token-123456", "password": "ada-password-1"},
                     "bob": {"token": "bob-token-123456", "password": "bob-password-1"}}
                    """);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Credentials.open(folder);
    }

    BrokerRole role() {
        return role;
    }

    String tcp() {
        return "tcp://127.0.0.1:" + role.mqttPort();
    }

    String webSocket() {
        return "ws://127.0.0.1:" + role.webSocketPort() + "/ws";
    }

    String secret(Role of) {
        return credentials.secret(of);
    }

    /** A client of MQTT 5 that gives no credentials. */
    Mqtt5Client client(String id) {
        return Mqtt5Client.at(tcp(), id);
    }

    /** A client of MQTT 3.1.1 that gives no credentials. */
    Mqtt3Client olderClient(String id) {
        return Mqtt3Client.at(tcp(), id);
    }

    /** How the broker answers a connection that should not be let in. */
    RawClient.Answer answerTo(RawClient.Connect connect) {
        try {
            return RawClient.answer(role.mqttPort(), connect);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new session of the writer, connected and subscribed; kept while it is away. */
    Mqtt5Client writer() {
        return writerSession()
                .startingClean()
                .connect()
                .subscribed("CONTACT/ADD", "CONTACT/UPDATE", "CONTACT/DELETE");
    }

    /** The session that the writer left. */
    Mqtt5Client writerComingBack() {
        return writerComingBack(writer -> writer);
    }

    /** The session that the writer left, set up in another way. */
    Mqtt5Client writerComingBack(UnaryOperator<Mqtt5Client> setUp) {
        return setUp.apply(writerSession()).connect();
    }

    private Mqtt5Client writerSession() {
        return Mqtt5Client.at(tcp(), "waybill-writer-0")
                .as("role:writer", secret(Role.WRITER))
                .keepingSession(3_600_000);
    }

    /** A gateway, connected and subscribed. */
    Mqtt5Client gateway(String id) {
        return Mqtt5Client.at(tcp(), "waybill-gateway-" + id)
                .as("role:gateway", secret(Role.GATEWAY))
                .connect()
                .subscribed("GATEWAY/" + id + "/#", "GATEWAY/ALL/#");
    }

    @Override
    public void close() {
        role.close();
    }
}
