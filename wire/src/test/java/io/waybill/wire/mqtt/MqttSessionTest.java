package io.waybill.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MqttSessionTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private TestBroker broker;
    private final List<MqttSession> sessions = new ArrayList<>();

    @BeforeAll
    void start_the_broker(@TempDir Path folder) throws Exception {
        broker = TestBroker.start(folder, 0);
    }

    @AfterAll
    void stop_the_broker() throws Exception {
        broker.close();
    }

    @AfterEach
    void close_the_sessions() {
        sessions.forEach(MqttSession::close);
        sessions.clear();
    }

    @Test
    void a_message_arrives_with_all_that_travels_beside_it() throws Exception {
        String topic = unique();
        Recorder reader = connected(unique(), List.of(topic));
        MqttSession writer = publisher();

        PublishResult result =
                writer.publish(
                                new OutboundMessage(
                                        topic,
                                        bytes("hällo"),
                                        Optional.of("text/plain"),
                                        Optional.of("answers/here"),
                                        Optional.of(new byte[] {0, 1, (byte) 0xff}),
                                        List.of(
                                                new UserProperty("a", "1"),
                                                new UserProperty("a", "ü"))))
                        .get(10, TimeUnit.SECONDS);

        assertThat(result).isEqualTo(new PublishResult(0, ""));
        await().atMost(SOON).until(() -> reader.messages.size() == 1);
        InboundMessage message = reader.messages.element();
        assertThat(message.topic()).isEqualTo(topic);
        assertThat(message.payload()).isEqualTo(bytes("hällo"));
        assertThat(message.contentType()).contains("text/plain");
        assertThat(message.responseTopic()).contains("answers/here");
        assertThat(message.correlationData().orElseThrow()).containsExactly(0, 1, 0xff);
        assertThat(message.userProperties())
                .containsExactly(new UserProperty("a", "1"), new UserProperty("a", "ü"));
    }

    @Test
    void a_message_without_properties_arrives_without_properties() throws Exception {
        String topic = unique();
        Recorder reader = connected(unique(), List.of(topic));
        publisher().publish(OutboundMessage.of(topic, new byte[0])).get(10, TimeUnit.SECONDS);

        await().atMost(SOON).until(() -> reader.messages.size() == 1);
        InboundMessage message = reader.messages.element();
        assertThat(message.payload()).isEmpty();
        assertThat(message.contentType()).isEmpty();
        assertThat(message.responseTopic()).isEmpty();
        assertThat(message.correlationData()).isEmpty();
        assertThat(message.userProperties()).isEmpty();
    }

    @Test
    void the_brokers_refusal_and_its_reason_reach_the_publisher() throws Exception {
        PublishResult result =
                publisher()
                        .publish(OutboundMessage.of("refused/x", bytes("x")))
                        .get(10, TimeUnit.SECONDS);

        assertThat(result).isEqualTo(new PublishResult(0x99, "name is missing"));
        assertThat(result.refused()).isTrue();
        assertThat(result.noMatchingSubscribers()).isFalse();
    }

    @Test
    void a_message_that_nobody_gets_is_told_so() throws Exception {
        PublishResult result =
                publisher()
                        .publish(OutboundMessage.of(unique(), bytes("x")))
                        .get(10, TimeUnit.SECONDS);

        assertThat(result.noMatchingSubscribers()).isTrue();
        assertThat(result.refused()).isFalse();
    }

    @Test
    void a_message_larger_than_the_broker_takes_is_refused_here_and_the_connection_stands()
            throws Exception {
        MqttSession session = publisher();
        PublishResult result =
                session.publish(OutboundMessage.of("big", new byte[100_001]))
                        .get(10, TimeUnit.SECONDS);

        assertThat(result.reasonCode()).isEqualTo(0x95);
        assertThat(result.reason()).contains("100000");
        assertThat(session.connected()).isTrue();
    }

    @Test
    void a_topic_that_is_none_fails_that_publish_alone() throws Exception {
        MqttSession session = publisher();

        assertThatThrownBy(
                        () ->
                                session.publish(OutboundMessage.of("a/#", bytes("x")))
                                        .get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IOException.class);
        assertThat(session.publish(OutboundMessage.of("a/b", bytes("x"))).get(10, TimeUnit.SECONDS))
                .isNotNull();
    }

    @Test
    void ten_thousand_publishes_at_once_are_all_answered_and_arrive_in_order() throws Exception {
        String topic = unique();
        List<Integer> arrived = new ArrayList<>();
        MqttSession reader =
                started(
                        settings(broker.uri(), unique(), List.of(topic + "/#")),
                        new SessionListener() {
                            @Override
                            public void connected(boolean sessionPresent) {}

                            @Override
                            public void disconnected(String reason) {}

                            @Override
                            public void received(InboundMessage message) {
                                synchronized (arrived) {
                                    arrived.add(
                                            Integer.valueOf(
                                                    new String(
                                                            message.payload(),
                                                            StandardCharsets.UTF_8)));
                                }
                                message.acknowledgement().run();
                            }
                        });
        MqttSession writer = publisher();

        // Many topics: the broker offers a few topic aliases, which Paho takes.
        List<CompletableFuture<PublishResult>> results =
                IntStream.range(0, 10_000)
                        .mapToObj(
                                i ->
                                        writer.publish(
                                                OutboundMessage.of(
                                                        topic + "/" + i % 7, bytes("" + i))))
                        .toList();

        for (CompletableFuture<PublishResult> result : results) {
            assertThat(result.get(60, TimeUnit.SECONDS).reasonCode()).isZero();
        }
        await().atMost(SOON)
                .until(
                        () -> {
                            synchronized (arrived) {
                                return arrived.size() == 10_000;
                            }
                        });
        assertThat(arrived).isSorted();
        assertThat(reader.connected()).isTrue();
    }

    @Test
    void what_is_not_acknowledged_comes_again_and_what_is_does_not() throws Exception {
        String id = unique();
        String topic = unique();
        connected(id, List.of(topic));
        sessions.getLast().close();
        MqttSession writer = publisher();
        for (int i = 0; i < 5; i++) {
            writer.publish(OutboundMessage.of(topic, bytes("" + i))).get(10, TimeUnit.SECONDS);
        }
        // The broker hands out what it has as one batch, and the next when all of it is
        // acknowledged.
        Recorder first = connected(id, List.of(topic));
        await().atMost(SOON).until(() -> first.messages.size() == 5);
        first.messages.stream()
                .filter(message -> message.payload()[0] % 2 == 0)
                .forEach(message -> message.acknowledgement().run());
        sessions.getLast().close();

        Recorder second = connected(id, List.of(topic));

        await().atMost(SOON).until(() -> second.messages.size() == 2);
        assertThat(second.payloads()).containsExactly("1", "3");
        assertThat(first.connects).containsExactly(true);
        assertThat(second.connects).containsExactly(true);
    }

    @Test
    void a_stale_acknowledgement_does_not_remove_a_message_of_the_next_connection()
            throws Exception {
        String id = unique();
        String topic = unique();
        Recorder first = connected(id, List.of(topic));
        MqttSession writer = publisher();
        writer.publish(OutboundMessage.of(topic, bytes("old"))).get(10, TimeUnit.SECONDS);
        await().atMost(SOON).until(() -> first.messages.size() == 1);
        InboundMessage stale = first.messages.element();
        sessions.getFirst().close();
        Recorder second = connected(id, List.of(topic));
        await().atMost(SOON).until(() -> second.messages.size() == 1);

        stale.acknowledgement().run();

        MqttSession holder = sessions.getLast();
        assertThat(holder.connected()).isTrue();
        holder.close();
        Recorder third = connected(id, List.of(topic));
        await().atMost(SOON).until(() -> third.messages.size() == 1);
        assertThat(third.payloads()).containsExactly("old");
    }

    @Test
    void a_listener_that_throws_goes_on_hearing() throws Exception {
        String topic = unique();
        List<String> heard = new ArrayList<>();
        started(
                settings(broker.uri(), unique(), List.of(topic)),
                new SessionListener() {
                    @Override
                    public void connected(boolean sessionPresent) {
                        throw new IllegalStateException("thrown by a test");
                    }

                    @Override
                    public void disconnected(String reason) {}

                    @Override
                    public void received(InboundMessage message) {
                        synchronized (heard) {
                            heard.add(new String(message.payload(), StandardCharsets.UTF_8));
                        }
                        message.acknowledgement().run();
                        throw new AssertionError("thrown by a test");
                    }
                });
        MqttSession writer = publisher();
        writer.publish(OutboundMessage.of(topic, bytes("1"))).get(10, TimeUnit.SECONDS);
        writer.publish(OutboundMessage.of(topic, bytes("2"))).get(10, TimeUnit.SECONDS);

        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            synchronized (heard) {
                                assertThat(heard).containsExactly("1", "2");
                            }
                        });
    }

    @Test
    void publishing_without_a_connection_fails_at_once() {
        var session =
                new MqttSession(
                        settings(URI.create("mqtt://127.0.0.1:1"), unique(), List.of()),
                        new Recorder());
        sessions.add(session);
        session.start();

        CompletableFuture<PublishResult> result =
                session.publish(OutboundMessage.of("a", bytes("x")));

        assertThat(result).isCompletedExceptionally();
        assertThat(session.connected()).isFalse();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(session.state()).contains("Connection refused"));
    }

    @Test
    void a_broker_that_does_not_let_it_in_is_asked_again_and_its_reason_is_told() {
        Recorder recorder = new Recorder();
        var session =
                new MqttSession(
                        new SessionSettings(
                                broker.uri(),
                                unique(),
                                "intruder",
                                "guess",
                                Duration.ofHours(1),
                                10,
                                List.of()),
                        recorder);
        sessions.add(session);
        session.start();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(session.state()).contains("reason code 0x87"));
        assertThat(session.connected()).isFalse();
        assertThat(recorder.connects).isEmpty();
    }

    @Test
    void a_refused_subscription_is_named_and_the_session_does_not_count_as_connected() {
        Recorder recorder = new Recorder();
        var session =
                new MqttSession(
                        settings(broker.uri(), unique(), List.of("allowed", "forbidden")),
                        recorder);
        sessions.add(session);
        session.start();

        await().atMost(SOON).untilAsserted(() -> assertThat(session.state()).contains("forbidden"));
        assertThat(session.connected()).isFalse();
        assertThat(recorder.connects).isEmpty();
    }

    @Test
    void a_session_that_is_taken_over_says_so() {
        String id = unique();
        Recorder first = connected(id, List.of());
        MqttSession loser = sessions.getLast();

        started(settings(broker.uri(), id, List.of()), new Recorder());

        await().atMost(SOON).until(() -> !first.disconnects.isEmpty());
        assertThat(first.disconnects.getFirst()).contains("0x8e");
        loser.close();
    }

    @Test
    void a_broker_is_given_as_mqtt() {
        assertThatThrownBy(
                        () ->
                                new MqttSession(
                                        settings(URI.create("http://x:1"), "x", List.of()),
                                        new Recorder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mqtt://host:port");
    }

    @Test
    void closing_leaves_no_thread_behind() throws Exception {
        String id = unique();
        MqttSession session =
                started(settings(broker.uri(), id, List.of(unique())), new Recorder());
        assertThat(threadsOf(id)).isNotEmpty();

        session.close();
        session.close();

        await().atMost(SOON).untilAsserted(() -> assertThat(threadsOf(id)).isEmpty());
        assertThat(session.publish(OutboundMessage.of("a", bytes("x")))).isCompletedExceptionally();
    }

    private static List<String> threadsOf(String id) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(id))
                .toList();
    }

    private Recorder connected(String id, List<String> filters) {
        Recorder recorder = new Recorder();
        started(settings(broker.uri(), id, filters), recorder);
        return recorder;
    }

    private MqttSession publisher() {
        return started(settings(broker.uri(), unique(), List.of()), new Recorder());
    }

    private MqttSession started(SessionSettings settings, SessionListener listener) {
        var session = new MqttSession(settings, listener);
        sessions.add(session);
        session.start();
        await().atMost(SOON).until(session::connected);
        return session;
    }

    private static SessionSettings settings(URI broker, String id, List<String> filters) {
        return new SessionSettings(broker, id, "", "", Duration.ofHours(1), 10_000, filters);
    }

    private static String unique() {
        return "t-" + UUID.randomUUID();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
