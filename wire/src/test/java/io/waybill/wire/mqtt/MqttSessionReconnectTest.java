package io.waybill.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MqttSessionReconnectTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private TestBroker broker;
    private CutProxy proxy;
    private final List<MqttSession> sessions = new ArrayList<>();

    @BeforeAll
    void start_the_broker(@TempDir Path folder) throws Exception {
        broker = TestBroker.start(folder, 0, 20);
    }

    @AfterAll
    void stop_the_broker() throws Exception {
        broker.close();
    }

    @BeforeEach
    void put_a_proxy_between() throws Exception {
        proxy = new CutProxy(broker.port());
    }

    @AfterEach
    void close_all() throws Exception {
        sessions.forEach(MqttSession::close);
        sessions.clear();
        proxy.close();
    }

    @Test
    void a_broken_connection_is_made_again_with_the_same_session() {
        Recorder recorder = new Recorder();
        MqttSession session =
                started(proxy.uri(), "r-" + UUID.randomUUID(), List.of("a"), recorder);

        for (int cuts = 1; cuts <= 5; cuts++) {
            proxy.cut();
            int connects = cuts + 1;
            await().atMost(SOON).until(() -> recorder.connects.size() == connects);
        }

        assertThat(session.connected()).isTrue();
        assertThat(recorder.connects).containsExactly(false, true, true, true, true, true);
        assertThat(recorder.disconnects)
                .hasSize(5)
                .noneMatch(reason -> reason.contains("null") || reason.contains("Exception"));
        assertThat(recorder.overlaps).hasValue(0);
    }

    @Test
    void a_connection_that_does_not_answer_can_be_given_up_for_a_new_one() {
        Recorder recorder = new Recorder();
        MqttSession session = started(proxy.uri(), "r-" + UUID.randomUUID(), List.of(), recorder);
        proxy.silence(true);
        CompletableFuture<PublishResult> unanswered =
                session.publish(OutboundMessage.of("nobody", new byte[] {1}));

        session.connectAnew("it answers nothing");

        assertThat(unanswered)
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("it answers nothing");
        proxy.silence(false);
        await().atMost(SOON).until(session::connected);
        assertThat(recorder.connects).containsExactly(false, true);
        assertThat(recorder.disconnects).containsExactly("it answers nothing");
    }

    @Test
    void a_refused_connection_is_tried_again_with_growing_waits_until_it_stands() {
        proxy.refuse(true);
        Recorder recorder = new Recorder();
        MqttSession session =
                session(proxy.uri(), "r-" + UUID.randomUUID(), List.of("a"), recorder);
        session.start();
        await().atMost(SOON).until(() -> proxy.accepted.get() >= 4);
        assertThat(recorder.connects).isEmpty();
        assertThat(recorder.disconnects).isEmpty();
        assertThat(session.state()).contains("is not connected");

        proxy.refuse(false);

        await().atMost(SOON).until(session::connected);
        assertThat(recorder.connects).containsExactly(false);
    }

    @Test
    void an_unanswered_publish_fails_when_the_connection_is_lost() {
        Recorder recorder = new Recorder();
        MqttSession session = started(proxy.uri(), "r-" + UUID.randomUUID(), List.of(), recorder);
        proxy.silence(true);
        List<CompletableFuture<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            results.add(session.publish(OutboundMessage.of("nobody", new byte[] {1})));
        }

        proxy.cut();

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(results)
                                        .allSatisfy(
                                                result ->
                                                        assertThat(result)
                                                                .isCompletedExceptionally()));
        proxy.silence(false);
        await().atMost(SOON).until(session::connected);
        assertThat(session.publish(OutboundMessage.of("nobody", new byte[] {2})))
                .succeedsWithin(SOON);
    }

    @Test
    void through_many_cuts_every_answered_publish_arrives() throws Exception {
        String topic = "t-" + UUID.randomUUID();
        Set<Integer> arrived = new TreeSet<>();
        started(
                proxy.uri(),
                "r-" + UUID.randomUUID(),
                List.of(topic),
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
                                            new String(message.payload(), StandardCharsets.UTF_8)));
                        }
                        message.acknowledgement().run();
                    }
                });
        MqttSession writer =
                started(proxy.uri(), "w-" + UUID.randomUUID(), List.of(), new Recorder());
        Set<Integer> answered = new TreeSet<>();

        for (int round = 0; round < 10; round++) {
            await().atMost(SOON).until(writer::connected);
            List<CompletableFuture<?>> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int number = round * 200 + i;
                byte[] payload = ("" + number).getBytes(StandardCharsets.UTF_8);
                sent.add(
                        writer.publish(OutboundMessage.of(topic, payload))
                                .handle(
                                        (result, failure) -> {
                                            if (failure == null && result.reasonCode() == 0) {
                                                synchronized (answered) {
                                                    answered.add(number);
                                                }
                                            }
                                            return result;
                                        }));
            }
            sent.get(20).orTimeout(10, TimeUnit.SECONDS).join();
            proxy.cut();
            for (CompletableFuture<?> one : sent) {
                one.orTimeout(10, TimeUnit.SECONDS).join();
            }
        }

        assertThat(answered).isNotEmpty();
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            synchronized (arrived) {
                                assertThat(arrived).containsAll(answered);
                            }
                        });
    }

    @Test
    void more_publishes_than_the_broker_takes_at_once_wait_their_turn() {
        MqttSession session =
                started(proxy.uri(), "r-" + UUID.randomUUID(), List.of(), new Recorder());
        List<CompletableFuture<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            results.add(session.publish(OutboundMessage.of("nobody", new byte[] {1})));
        }

        assertThat(results).allSatisfy(result -> assertThat(result).succeedsWithin(SOON));
        assertThat(session.connected()).isTrue();
    }

    @Test
    void a_broker_that_accepts_and_says_nothing_is_given_up_and_closing_does_not_hang()
            throws Exception {
        try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String id = "m-" + UUID.randomUUID();
            MqttSession session =
                    session(
                            URI.create("mqtt://127.0.0.1:" + mute.getLocalPort()),
                            id,
                            List.of(),
                            new Recorder());
            session.start();

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(session.state()).contains("did not answer within"));

            session.close();
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(Thread.getAllStackTraces().keySet())
                                            .noneMatch(thread -> thread.getName().contains(id)));
        }
    }

    @Test
    void a_session_that_is_lost_before_it_was_ready_is_told_when_it_is() throws Exception {
        Recorder recorder = new Recorder();
        try (var broker =
                new ScriptedBroker(
                        new ScriptedBroker.Scene(false, false),
                        new ScriptedBroker.Scene(true, false),
                        new ScriptedBroker.Scene(true, true))) {
            started(broker.uri(), "l-" + UUID.randomUUID(), List.of("a"), recorder);

            await().atMost(SOON).until(() -> !recorder.connects.isEmpty());
            assertThat(recorder.connects).containsExactly(false);
            assertThat(recorder.disconnects).hasSize(2);
        }
    }

    @Test
    void connections_that_end_before_anything_was_said_leave_no_thread() {
        proxy.refuse(true);
        String id = "e-" + UUID.randomUUID();
        MqttSession session = session(proxy.uri(), id, List.of(), new Recorder());
        session.start();
        await().atMost(SOON).until(() -> proxy.accepted.get() >= 6);

        session.close();

        await().atMost(SOON).untilAsserted(() -> assertThat(threads(id)).isEmpty());
    }

    @Test
    void closing_at_any_moment_of_connecting_leaves_no_thread() throws Exception {
        try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String id = "q-" + UUID.randomUUID();
            for (int spins = 0; spins < 40; spins++) {
                MqttSession session =
                        session(
                                URI.create("mqtt://127.0.0.1:" + mute.getLocalPort()),
                                id + spins,
                                List.of(),
                                new Recorder());
                session.start();
                mute.accept();
                long until = System.nanoTime() + spins * 50_000L;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                session.close();
            }
            await().atMost(SOON).untilAsserted(() -> assertThat(threads(id)).isEmpty());
        }
    }

    @Test
    void no_thread_is_left_after_many_reconnects() {
        String id = "n-" + UUID.randomUUID();
        Recorder recorder = new Recorder();
        MqttSession session = started(proxy.uri(), id, List.of("a"), recorder);
        for (int cuts = 1; cuts <= 3; cuts++) {
            proxy.cut();
            int connects = cuts + 1;
            await().atMost(SOON).until(() -> recorder.connects.size() == connects);
        }
        // Its own loop, and Paho's reader, writer and caller.
        await().atMost(SOON).untilAsserted(() -> assertThat(threads(id)).hasSize(4));

        session.close();

        await().atMost(SOON).untilAsserted(() -> assertThat(threads(id)).isEmpty());
    }

    private static List<String> threads(String id) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(id))
                .toList();
    }

    private MqttSession started(
            URI uri, String id, List<String> filters, SessionListener listener) {
        MqttSession session = session(uri, id, filters, listener);
        session.start();
        await().atMost(SOON).until(session::connected);
        return session;
    }

    private MqttSession session(
            URI uri, String id, List<String> filters, SessionListener listener) {
        var session =
                new MqttSession(
                        new SessionSettings(uri, id, "", "", Duration.ofHours(1), 1_000, filters),
                        listener);
        sessions.add(session);
        return session;
    }
}
