package io.waybill.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.mqtt.Stamp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Response topics that are unusual: where one is taken, the writer can answer there. */
class ResponseTopicTest {

    private static final byte[] ADA = "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8);

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
    void one_that_is_longer_than_any_topic_may_be_is_refused() throws IOException {
        String tooLong = "r".repeat(1_025);
        try (Mqtt5Client writer = broker.writer();
                RawClient raw = RawClient.connect(broker.role().mqttPort(), "raw");
                Mqtt5Client till = broker.client("till").connect()) {
            Mqtt5Client.Answer answer =
                    till.answeredOn(tooLong).publish("CONTACT/ADD", ADA, 1, false);
            assertThat(answer.code()).isEqualTo(0x90);
            assertThat(answer.reason()).contains("1025 characters", "1024");
            raw.publish(1, "CONTACT/ADD", ADA, "r".repeat(65_535));
            assertThat(raw.pubrec(1).code()).isEqualTo(0x90);
            till.answeredOn(tooLong).publish("CONTACT/ADD", ADA, 0, false);

            till.publish("CONTACT/ADD", "{\"name\":\"Bob\"}", 1);
            assertThat(writer.next().text()).contains("Bob");
            assertThat(writer.gotNothing()).isTrue();
        }
    }

    @Test
    void the_longest_one_is_answered() {
        for (String longest : new String[] {"r".repeat(1_024), "\uD83D\uDE9A".repeat(512)}) {
            try (Mqtt5Client writer = broker.writer();
                    Mqtt5Client till = broker.client("till").connect().subscribed(longest)) {
                till.answeredOn(longest).publish("CONTACT/ADD", ADA, 1, false);

                Received command = writer.next();
                String responseTopic = command.properties().orElseThrow().getResponseTopic();
                writer.saying(Stamp.PRINCIPAL_PROPERTY, "anonymous")
                        .publish(responseTopic, "done", 1);
                assertThat(till.next().topic()).isEqualTo(longest);
            }
        }
    }

    @Test
    void one_that_is_no_topic_ends_the_connection_that_sent_it() throws IOException {
        for (String none : new String[] {"", "my/#", "my/+", "#", "my\0reply"}) {
            try (Mqtt5Client writer = broker.writer();
                    RawClient raw = RawClient.connect(broker.role().mqttPort(), "raw");
                    Mqtt5Client till = broker.client("till").connect()) {
                raw.publish(1, "CONTACT/ADD", ADA, none);
                assertThat(raw.isEnded()).isTrue();

                till.publish("CONTACT/ADD", "{\"name\":\"Bob\"}", 1);
                assertThat(writer.next().text()).contains("Bob");
                assertThat(writer.gotNothing()).isTrue();
            }
        }
    }

    @Test
    void an_answer_to_one_on_anothers_topic_reaches_only_its_own_principal() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client bob = broker.client("bob").as("bob", "bob-password-1").connect();
                Mqtt5Client ada = broker.client("ada").as("ada", "ada-password-1").connect()) {
            bob.subscribed("bob/private", "bob/#", "$share/all/bob/private");
            ada.subscribed("ada/#");
            ada.answeredOn("bob/private").publish("CONTACT/ADD", ADA, 1, false);
            Received command = writer.next();

            writer.saying(Stamp.PRINCIPAL_PROPERTY, command.stamp().principal())
                    .publish("bob/private", "for ada", 1);
            writer.saying(Stamp.PRINCIPAL_PROPERTY, "bob").publish("bob/private", "for bob", 1);

            assertThat(bob.next().text()).isEqualTo("for bob");
        }
    }

    @Test
    void an_answer_waits_for_a_session_of_its_principal_that_is_away_and_for_no_other() {
        String id = "same-id";
        broker.client(id)
                .as("ada", "ada-password-1")
                .keepingSession(600)
                .connect()
                .subscribed("reply/#")
                .close();
        broker.client(id)
                .as("bob", "bob-password-1")
                .keepingSession(600)
                .connect()
                .subscribed("reply/#", "#")
                .close();
        broker.client(id).keepingSession(600).connect().subscribed("#").close();
        try (Mqtt5Client writer = broker.writer()) {
            writer.saying(Stamp.PRINCIPAL_PROPERTY, "ada").publish("reply/1", "for ada", 1);
            writer.publish("reply/1", "for all", 1);
        }
        try (Mqtt5Client ada =
                        broker.client(id).as("ada", "ada-password-1").keepingSession(0).connect();
                Mqtt5Client bob =
                        broker.client(id).as("bob", "bob-password-1").keepingSession(0).connect();
                Mqtt5Client nobody = broker.client(id).keepingSession(0).connect()) {
            assertThat(ada.next().text()).isEqualTo("for ada");
            assertThat(ada.next().text()).isEqualTo("for all");
            assertThat(bob.next().text()).isEqualTo("for all");
            assertThat(nobody.next().text()).isEqualTo("for all");
        }
    }
}
