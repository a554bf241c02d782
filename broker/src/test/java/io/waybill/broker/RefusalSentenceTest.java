package io.waybill.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Refusals repeat what a client sent, which may be any text: it must not break the packet that
 * carries it.
 */
class RefusalSentenceTest {

    private static final byte[] ADA = bytes("{\"name\":\"Ada\"}");

    /** Two characters each, so that a cut after an odd number of others leaves half of one. */
    private static final String LORRIES = "\uD83D\uDE9A".repeat(300);

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
    void half_a_character_in_the_name_of_a_field_is_told() throws IOException {
        for (String field : new String[] {"\\ud83d", "\\ude9a", "x\\ud83dx", "\\u0000"}) {
            String sentence = refusal("CONTACT/ADD", "{\"name\":\"Ada\",\"" + field + "\":1}", "r");
            assertThat(sentence).contains("is not the JSON of a CONTACT/ADD");
        }
    }

    @Test
    void a_name_of_a_field_may_be_cut_anywhere() throws IOException {
        for (String before : new String[] {"", "x"}) {
            String json = "{\"" + before + LORRIES + "\":1}";
            assertThat(refusal("CONTACT/ADD", json, "r")).contains("\uD83D\uDE9A");
        }
    }

    @Test
    void a_topic_may_be_cut_anywhere() throws IOException {
        for (String before : new String[] {"ORDER/", "CONTACT/"}) {
            for (String more : new String[] {"", "x"}) {
                assertThat(refusal(before + more + LORRIES, "{}", "r"))
                        .contains("is reserved", "\uD83D\uDE9A");
                assertThat(refusal("CONTACT/ADD", "{}", before + more + LORRIES))
                        .contains("is reserved", "\uD83D\uDE9A");
            }
        }
    }

    @Test
    void a_filter_may_be_cut_anywhere() {
        try (Mqtt5Client till = broker.client("till").connect()) {
            for (String more : new String[] {"", "x"}) {
                Mqtt5Client.Answer answer = till.subscribe("ORDER/" + more + LORRIES);
                assertThat(answer.code()).isEqualTo(0x87);
                assertThat(answer.reason()).contains("is reserved");
            }
            assertThat(till.isConnected()).isTrue();
        }
    }

    @Test
    void names_and_the_topics_of_wills_may_be_cut_anywhere() {
        for (String more : new String[] {"", "x"}) {
            RawClient.Answer role =
                    broker.answerTo(
                            new RawClient.Connect(
                                    "till", "role:" + more + LORRIES, "secret", null));
            assertThat(role.code()).isEqualTo(0x86);
            assertThat(role.reason()).contains("\uD83D\uDE9A");
            RawClient.Answer will =
                    broker.answerTo(
                            new RawClient.Connect("till", null, null, "ORDER/" + more + LORRIES));
            assertThat(will.code()).isEqualTo(0x90);
            assertThat(will.reason()).contains("\uD83D\uDE9A");
        }
    }

    /** The sentence of a refusal, after which the connection is as good as before. */
    private static String refusal(String topic, String json, String responseTopic)
            throws IOException {
        try (RawClient raw = RawClient.connect(broker.role().mqttPort(), "raw")) {
            raw.publish(5, topic, bytes(json), responseTopic);
            RawClient.Answer refusal = raw.pubrec(5);
            assertThat(refusal.code()).isIn(0x90, 0x99);
            raw.publish(5, "my/own", ADA);
            assertThat(raw.pubrec(5).code()).isLessThan(0x80);
            return refusal.reason();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
