package io.waybill.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.session.SessionInformation;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What sessions may take up: much for roles, little for clients. */
class SessionLimitsTest {

    private static final byte[] ADA = "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8);
    private static final long DAY = 86_400;

    @TempDir static Path folder;
    private static RunningBroker broker;

    @BeforeAll
    static void start() {
        broker = RunningBroker.in(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void a_thousand_messages_wait_for_a_client_that_is_away() {
        Mqtt5Client away = broker.client("away").keepingSession(600).connect();
        away.subscribed("queue/#").close();
        try (Mqtt3Client sender = broker.olderClient("sender").connect()) {
            for (int i = 0; i < 1_200; i++) {
                sender.publish(
                        "queue/x", Integer.toString(i).getBytes(StandardCharsets.UTF_8), 1, false);
            }
        }
        try (Mqtt5Client back = broker.client("away").keepingSession(600).connect()) {
            assertThat(back.sessionPresent()).isTrue();
            back.publish("queue/x", "last", 1);
            for (int i = 0; i < 1_000; i++) {
                assertThat(back.next().text()).isEqualTo(Integer.toString(i));
            }
            assertThat(back.count()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void the_writer_is_sent_many_thousands_before_it_acknowledges_any() {
        int count = 12_000;
        broker.writer().close();
        try (Mqtt3Client till = broker.olderClient("till").connect()) {
            for (int i = 0; i < count; i++) {
                till.publish("CONTACT/ADD", ADA, 0, false);
            }
            till.publish("my/own", ADA, 1, false);
        }
        try (Mqtt5Client writer = broker.writerComingBack(Mqtt5Client::keepingAll)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> writer.count() == count);
        }
    }

    @Test
    void a_client_is_sent_a_hundred_before_it_acknowledges_one() {
        broker.client("slow").keepingSession(600).connect().subscribed("window/#").close();
        try (Mqtt5Client sender = broker.client("sender").connect()) {
            for (int i = 0; i < 150; i++) {
                sender.publish("window/x", ADA, 1, false);
            }
        }
        try (Mqtt5Client slow = broker.client("slow").keepingSession(600).keepingAll().connect()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> slow.count() == 100);
            await().during(Duration.ofMillis(300)).until(() -> slow.count() == 100);
        }
    }

    @Test
    void the_session_of_a_client_is_kept_for_a_day_at_most() throws Exception {
        broker.client("five").keepingSession(10 * DAY).connect().close();
        assertThat(session("@anonymous/five").getSessionExpiryInterval()).isEqualTo(DAY);
        broker.olderClient("three").keepingSession().connect().close();
        assertThat(session("@anonymous/three").getSessionExpiryInterval()).isEqualTo(DAY);
        broker.client("short").keepingSession(60).connect().close();
        assertThat(session("@anonymous/short").getSessionExpiryInterval()).isEqualTo(60);
        broker.client("dropped").keepingSession(10 * DAY).connect().drop();
        await().untilAsserted(
                        () ->
                                assertThat(session("@anonymous/dropped").getSessionExpiryInterval())
                                        .isEqualTo(DAY));
        broker.client("late").keepingSession(60).connect().disconnectKeepingSession(10 * DAY);
        assertThat(session("@anonymous/late").getSessionExpiryInterval()).isEqualTo(DAY);
        broker.writer().close();
        assertThat(session("waybill-writer-0").getSessionExpiryInterval()).isGreaterThan(10 * DAY);
    }

    @Test
    void a_client_that_asks_for_more_than_a_day_is_told_that_it_gets_a_day() {
        assertThat(toldExpiry("long", 10 * DAY)).isEqualTo(DAY);
        assertThat(toldExpiry("for-ever", 0xffff_ffffL)).isEqualTo(DAY);
        assertThat(toldExpiry("exact", DAY)).isNull();
        assertThat(toldExpiry("short", 60)).isNull();
        try (Mqtt5Client writer = broker.writer()) {
            assertThat(writer.connack().getSessionExpiryInterval()).as("a role").isNull();
        }
    }

    @Test
    void a_client_that_is_told_so_is_told_all_else_as_any_other() {
        try (Mqtt5Client modest = broker.client("modest").keepingSession(60).connect();
                Mqtt5Client greedy = broker.client("greedy").keepingSession(10 * DAY).connect();
                Mqtt5Client nameless = broker.client("").keepingSession(10 * DAY).connect()) {
            assertThat(greedy.connack().getReceiveMaximum())
                    .isEqualTo(modest.connack().getReceiveMaximum());
            assertThat(greedy.connack().getMaximumPacketSize())
                    .isEqualTo(modest.connack().getMaximumPacketSize());
            assertThat(greedy.connack().getTopicAliasMaximum())
                    .isEqualTo(modest.connack().getTopicAliasMaximum());
            assertThat(greedy.connack().getAssignedClientIdentifier()).isNull();
            assertThat(nameless.connack().getSessionExpiryInterval()).isEqualTo(DAY);
            assertThat(nameless.connack().getAssignedClientIdentifier())
                    .isNotBlank()
                    .doesNotContain("@");
            greedy.subscribed("my/own").publish("my/own", ADA, 1, false);
            assertThat(greedy.next().payload()).isEqualTo(ADA);
        }
    }

    /** What the CONNACK says of the session's expiry; null when it is as asked. */
    private static Long toldExpiry(String clientId, long asked) {
        try (Mqtt5Client client = broker.client(clientId).keepingSession(asked).connect()) {
            return client.connack().getSessionExpiryInterval();
        }
    }

    /** As the broker keeps it. The SDK's services are those of the broker that started last. */
    private static SessionInformation session(String clientId) throws Exception {
        return Services.clientService()
                .getSession(clientId)
                .get(10, TimeUnit.SECONDS)
                .orElseThrow();
    }
}
