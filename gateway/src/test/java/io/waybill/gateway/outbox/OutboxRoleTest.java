package io.waybill.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.waybill.gateway.reading.ReaderClient;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.grpc.GrpcChannels;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** The role accepts commands when nobody else is there. */
class OutboxRoleTest {

    @TempDir private Path folder;

    private Credentials credentials;
    private ManagedChannel nobody;

    @BeforeEach
    void open() {
        credentials = Credentials.open(folder.resolve("credentials"));
        nobody = GrpcChannels.inProcess("nobody-" + UUID.randomUUID(), Role.GATEWAY, credentials);
    }

    @AfterEach
    void close() {
        nobody.shutdownNow();
    }

    @Test
    void with_no_broker_and_no_reader_commands_are_accepted_and_survive_a_restart() {
        try (OutboxRole role = role(folder.resolve("gateway"))) {
            role.start();
            RocksOutboxStoreTest.get(role.outbox().submit(command("a")));
            assertThat(role.health().up()).isTrue();
            assertThat(role.health().detail()).contains("1 undecided");
        }
        String id = GatewayId.of(folder.resolve("gateway"));
        try (OutboxRole role = role(folder.resolve("gateway"))) {
            role.start();
            assertThat(role.outbox().held(command("a").getCommand())).isPresent();
        }
        assertThat(GatewayId.of(folder.resolve("gateway"))).isEqualTo(id);
    }

    @Test
    void before_its_start_it_says_that_it_is_not_open() {
        try (OutboxRole role = role(folder.resolve("gateway"))) {
            assertThat(role.role()).isEqualTo(Role.GATEWAY);
            assertThat(role.health().up()).isFalse();
        }
    }

    @Test
    void a_folder_that_another_gateway_uses_is_named() {
        try (OutboxRole role = role(folder.resolve("gateway"));
                OutboxRole second = role(folder.resolve("gateway"))) {
            role.start();
            assertThatThrownBy(second::start)
                    .hasMessageContaining(folder.resolve("gateway").toString());
        }
    }

    @Test
    void a_folder_that_cannot_be_used_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> role(file)).hasMessageContaining(file.toString());
    }

    private OutboxRole role(Path gateway) {
        return new OutboxRole(
                gateway,
                URI.create("mqtt://127.0.0.1:1"),
                Duration.ZERO,
                credentials,
                new ReaderClient(nobody, Duration.ZERO));
    }

    private static OutboxEntry command(String id) {
        return OutboxEntry.newBuilder()
                .setCommand(CommandIdentity.newBuilder().setPrincipal("anonymous").setCommandId(id))
                .setStream("contact/" + id)
                .build();
    }
}
