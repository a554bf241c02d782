package io.waybill.gateway.graphql.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;

import io.waybill.gateway.standin.EventClient;
import io.waybill.gateway.standin.StandInGateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How many streams there may be, what they cost, and how they are sent home. */
class StreamsBoundTest {

    private static final String FOLLOW =
            "subscription { commandUpdates(id: \"0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e\") { status } }";
    private static final String ADA = "Bearer " + StandInGateway.TOKEN;

    @Test
    void more_streams_than_allowed_are_told_to_try_later() {
        StreamLimits three = new StreamLimits(3, 2, Duration.ofMillis(50));
        try (StandInGateway gateway = StandInGateway.start(StandInGateway.settings(three))) {
            EventClient one = open(gateway);
            EventClient two = open(gateway);
            EventClient tooManyOfOne = open(gateway);
            EventClient third = open(gateway, "Authorization", ADA);
            EventClient tooManyOfAll = open(gateway, "Authorization", ADA);

            assertThat(tooManyOfOne.status()).isEqualTo(429);
            assertThat(tooManyOfOne.header("retry-after")).isEqualTo("1");
            assertThat(tooManyOfOne.body())
                    .contains("you have 2 event streams already", "RESOURCE_EXHAUSTED");
            assertThat(third.status()).isEqualTo(200);
            assertThat(tooManyOfAll.status()).isEqualTo(429);
            assertThat(tooManyOfAll.body()).contains("there are 3 event streams already");

            one.close();
            two.close();
            await().until(() -> gateway.part(EventStreams.class).streams() == 1);
            try (EventClient again = open(gateway)) {
                assertThat(again.status()).isEqualTo(200);
            }
            third.close();
        }
    }

    @Test
    void an_answer_that_is_not_taken_is_a_stream_until_it_is() throws IOException {
        StreamLimits one = new StreamLimits(10, 1, Duration.ofHours(1));
        try (StandInGateway gateway = StandInGateway.start(StandInGateway.settings(one));
                Socket socket = new Socket()) {
            EventStreams streams = gateway.part(EventStreams.class);
            gateway.contacts().put("0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e", "x".repeat(20_000_000));
            socket.setReceiveBufferSize(4 * 1024);
            ask(socket, gateway, "{ listContacts(count: 1) { name } }");
            await().until(() -> streams.streams() == 1);

            await().during(Duration.ofMillis(500)).until(() -> streams.streams() == 1);
            assertThat(open(gateway).status()).isEqualTo(429);

            InputStream answer = socket.getInputStream();
            byte[] read = new byte[64 * 1024];
            while (streams.streams() > 0) {
                assertThat(answer.read(read)).isPositive();
            }
        }
    }

    @Test
    void who_has_left_is_found_by_keeping_streams_alive() throws IOException {
        StreamLimits quiet = new StreamLimits(10, 10, Duration.ofHours(1));
        try (StandInGateway gateway = StandInGateway.start(StandInGateway.settings(quiet))) {
            EventStreams streams = gateway.part(EventStreams.class);
            try (Socket socket = new Socket()) {
                ask(socket, gateway, FOLLOW);
                StringBuilder read = new StringBuilder();
                while (!read.toString().endsWith(":\n\n\r\n")) {
                    int next = socket.getInputStream().read();
                    assertThat(next).as(read.toString()).isNotNegative();
                    read.append((char) next);
                }
            }
            assertThat(streams.streams()).isEqualTo(1);

            // A stream that is just being written to is passed over, here by what it began with.
            await().until(
                            () -> {
                                streams.keepAlive();
                                return streams.streams() == 0;
                            });
        }
    }

    @Test
    void a_stop_ends_streams_at_once_and_without_complete() {
        StandInGateway gateway = StandInGateway.start();
        try (EventClient client = open(gateway)) {
            await().until(() -> gateway.commands().followers() == 1);
            Instant stopping = Instant.now();

            gateway.close();

            assertThat(client.next()).isEqualTo(EventClient.END);
            assertThat(gateway.commands().followers()).isZero();
            assertThat(Duration.between(stopping, Instant.now())).isLessThan(Duration.ofSeconds(5));
        } finally {
            gateway.close();
        }
    }

    @Test
    void no_thread_waits_for_a_stream(@TempDir Path folder) throws IOException {
        StreamLimits quiet = new StreamLimits(100, 100, Duration.ofHours(1));
        List<EventClient> clients = new ArrayList<>();
        try (StandInGateway gateway = StandInGateway.start(StandInGateway.settings(quiet))) {
            for (int i = 0; i < 50; i++) {
                clients.add(open(gateway));
            }
            await().until(() -> gateway.commands().followers() == 50);

            Path dump = folder.resolve("threads.json");
            await().untilAsserted(
                            () -> {
                                Files.deleteIfExists(dump);
                                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                                        .dumpThreads(
                                                dump.toString(),
                                                HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
                                assertThat(Files.readString(dump))
                                        .contains("\"event-stream-watch\"")
                                        .doesNotContain(
                                                "\"event-stream-writer\"", "EventStreams.open");
                            });
        } finally {
            clients.forEach(EventClient::close);
        }
    }

    @Test
    void for_a_slow_client_newer_states_replace_those_that_it_was_not_told() throws IOException {
        int changes = 60_000;
        try (StandInGateway gateway = StandInGateway.start();
                Socket socket = new Socket()) {
            String id = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
            gateway.contacts().forgetCalls();
            var contact = gateway.contacts().put(id, "x".repeat(200));
            socket.setReceiveBufferSize(4 * 1024);
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder names = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                names.append("n%d: name ".formatted(i));
            }
            write(
                    socket,
                    "subscription { contactChanges { contact { %s version } } }".formatted(names));
            await().until(() -> gateway.part(EventStreams.class).streams() == 1);

            for (int i = 1; i <= changes; i++) {
                gateway.contacts().replace(contact.toBuilder().setVersion(i).build());
                gateway.changes().happened("CONTACT", 0, i, id);
            }

            int told = 0;
            String last = "\"version\":" + changes + "}";
            for (String line = lines.readLine(); !line.contains(last); line = lines.readLine()) {
                told += line.startsWith("data: ") ? 1 : 0;
            }
            assertThat(told).isPositive().isLessThan(changes / 2);
        }
    }

    private static void ask(Socket socket, StandInGateway gateway, String query)
            throws IOException {
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress("127.0.0.1", gateway.port()));
        write(socket, query);
    }

    private static void write(Socket socket, String query) throws IOException {
        String body = "{\"query\": \"%s\"}".formatted(query.replace("\"", "\\\""));
        socket.getOutputStream()
                .write(
                        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(body.length(), body)
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static EventClient open(StandInGateway gateway, String... headers) {
        return EventClient.post(gateway.at("/graphql"), FOLLOW, headers);
    }
}
