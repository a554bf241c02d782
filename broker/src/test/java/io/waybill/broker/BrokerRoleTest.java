package io.waybill.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.wire.identity.Credentials;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starting, stopping and starting again. */
class BrokerRoleTest {

    private static final byte[] ADA = "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    @Test
    void takes_free_ports_and_says_which() {
        try (RunningBroker broker = RunningBroker.in(folder)) {
            assertThat(broker.role().mqttPort()).isPositive();
            assertThat(broker.role().webSocketPort())
                    .isPositive()
                    .isNotEqualTo(broker.role().mqttPort());
            assertThat(broker.role().health().up()).isTrue();
            assertThat(broker.role().health().detail())
                    .contains(Integer.toString(broker.role().mqttPort()));
        }
    }

    @Test
    void is_not_up_before_it_is_started_nor_after_it_is_closed() {
        BrokerRole role =
                new BrokerRole(
                        new BrokerSettings(folder.resolve("broker"), "127.0.0.1", 0, 0, true),
                        credentials());
        assertThat(role.health().up()).isFalse();
        role.start();
        role.close();
        role.close();
        assertThat(role.health().up()).isFalse();
    }

    @Test
    void leaves_it_to_the_program_what_an_uncaught_exception_does() {
        var handler = Thread.getDefaultUncaughtExceptionHandler();
        try (RunningBroker broker = RunningBroker.in(folder)) {
            assertThat(broker.role().health().up()).isTrue();
            assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(handler);
        }
    }

    @Test
    void buffers_the_same_few_megabytes_whatever_memory_the_machine_has() throws IOException {
        try (RunningBroker broker = RunningBroker.in(folder)) {
            assertThat(broker.role().health().up()).isTrue();
            List<Long> buffers = new ArrayList<>();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path options : files.filter(BrokerRoleTest::isOptions).toList()) {
                    Files.readAllLines(options).stream()
                            .map(String::strip)
                            .filter(line -> line.startsWith("write_buffer_size="))
                            .map(line -> Long.parseLong(line.substring(line.indexOf('=') + 1)))
                            .forEach(buffers::add);
                }
            }
            assertThat(buffers).isNotEmpty();
            assertThat(buffers.stream().mapToLong(Long::longValue).sum())
                    .isLessThanOrEqualTo(64L << 20);
        }
    }

    /** RocksDB writes there what it was opened with. */
    private static boolean isOptions(Path file) {
        return file.getFileName().toString().startsWith("OPTIONS-");
    }

    @Test
    void speaks_over_web_sockets_too() {
        try (RunningBroker broker = RunningBroker.in(folder);
                Mqtt5Client writer = broker.writer();
                Mqtt5Client till = Mqtt5Client.at(broker.webSocket(), "till").connect()) {
            assertThat(till.publish("CONTACT/ADD", ADA, 1, false).code()).isZero();
            assertThat(writer.next().payload()).isEqualTo(ADA);
        }
    }

    @Test
    void names_the_port_that_is_taken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            for (BrokerSettings settings :
                    List.of(
                            new BrokerSettings(folder.resolve("b"), "127.0.0.1", port, 0, true),
                            new BrokerSettings(folder.resolve("b"), "127.0.0.1", 0, port, true))) {
                BrokerRole role = new BrokerRole(settings, credentials());
                assertThatThrownBy(role::start)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("port " + port + " on 127.0.0.1");
                assertThat(role.health().up()).isFalse();
            }
        }
    }

    @Test
    void names_the_folder_that_another_broker_uses() {
        try (RunningBroker first = RunningBroker.in(folder)) {
            BrokerRole second =
                    new BrokerRole(
                            new BrokerSettings(folder.resolve("broker"), "127.0.0.1", 0, 0, true),
                            credentials());
            assertThatThrownBy(second::start)
                    .hasMessageContaining(folder.resolve("broker").toString());
            assertThat(first.role().health().up()).isTrue();
            try (Mqtt5Client till = first.client("till").connect()) {
                assertThat(till.isConnected()).isTrue();
            }
        }
    }

    @Test
    void keeps_sessions_and_queues_over_a_restart_and_is_quick_about_it() {
        int count = 500;
        try (RunningBroker broker = RunningBroker.in(folder)) {
            broker.writer().close();
            try (Mqtt5Client till = broker.client("till").connect();
                    Mqtt3Client older = broker.olderClient("older").connect()) {
                for (int i = 0; i < count; i++) {
                    till.publish("CONTACT/ADD", "{\"name\":\"Ada " + i + "\"}", 1);
                }
                older.publish("CONTACT/ADD", ADA, 0, false);
                // QoS 1 behind it on the same connection: when that is acknowledged, so is the
                // other
                older.publish("CONTACT/ADD", ADA, 1, false);
            }
        }
        long start = System.nanoTime();
        RunningBroker again = RunningBroker.in(folder);
        Duration toStart = Duration.ofNanos(System.nanoTime() - start);
        Duration toStop;
        try (again) {
            Mqtt5Client writer = again.writerComingBack();
            assertThat(writer.sessionPresent()).isTrue();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                names.add(writer.next().text());
            }
            for (int i = 0; i < count; i++) {
                assertThat(names.get(i)).contains("Ada " + i);
            }
            assertThat(writer.next().payload()).isEqualTo(ADA);
            assertThat(writer.next().payload()).isEqualTo(ADA);
            writer.close();
            long stop = System.nanoTime();
            again.close();
            toStop = Duration.ofNanos(System.nanoTime() - stop);
        }
        assertThat(toStart).isLessThan(Duration.ofSeconds(15));
        assertThat(toStop).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void more_waits_for_a_writer_that_stays_away_over_a_restart_than_for_a_client() {
        int count = 1_500;
        try (RunningBroker broker = RunningBroker.in(folder)) {
            broker.writer().close();
        }
        try (RunningBroker again = RunningBroker.in(folder)) {
            try (Mqtt3Client till = again.olderClient("till").connect()) {
                for (int i = 0; i < count; i++) {
                    till.publish("CONTACT/ADD", ADA, 0, false);
                }
                till.publish("my/own", ADA, 1, false);
            }
            try (Mqtt5Client writer = again.writerComingBack()) {
                assertThat(writer.sessionPresent()).isTrue();
                for (int i = 0; i < count; i++) {
                    assertThat(writer.next().payload()).isEqualTo(ADA);
                }
            }
        }
    }

    private Credentials credentials() {
        return RunningBroker.credentials(folder.resolve("credentials"));
    }
}
