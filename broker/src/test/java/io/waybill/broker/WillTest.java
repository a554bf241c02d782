package io.waybill.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.mqtt.Stamp;

import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Where wills may go, and what becomes of them. */
class WillTest {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ADA = "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8);
    private static final List<String> RESERVED_TOPICS =
            List.of("CONTACT/ADD", "GATEWAY/g1/ANSWERS", "EVENT/x", "ORDER", "$x/y");

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
    void wills_on_reserved_topics_are_refused_with_the_connection() {
        for (String topic : new String[] {"CONTACT/ADD", "GATEWAY/ALL/SESSION_LOST", "EVENT/x"}) {
            RawClient.Answer refusal =
                    broker.answerTo(new RawClient.Connect("mourner", null, null, topic));
            assertThat(refusal.code()).isEqualTo(0x90);
            assertThat(refusal.reason()).contains("will", topic);
            assertThat(broker.olderClient("older").withWill(topic, ADA, false).refusedConnect())
                    .isPositive();
        }
    }

    @Test
    void a_will_may_not_ask_for_an_answer_on_a_reserved_topic() {
        for (String topic : RESERVED_TOPICS) {
            RawClient.Answer refusal =
                    broker.answerTo(new RawClient.Connect("mourner", null, null, "my/will", topic));
            assertThat(refusal.code()).isEqualTo(0x90);
            assertThat(refusal.reason()).contains("response topic '" + topic + "'");
        }
    }

    @Test
    void a_will_elsewhere_is_published_not_retained_and_speaks_for_nobody_else() {
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(List.of(new UserProperty(Stamp.PRINCIPAL_PROPERTY, "ada")));
        MqttMessage will = new MqttMessage(HELLO, 1, true, properties);
        try (Mqtt5Client heir = broker.client("heir").connect().subscribed("my/will")) {
            broker.client("mourner").withWill("my/will", will).connect().drop();
            assertThat(heir.next().text()).isEqualTo("hello");
        }
        try (Mqtt5Client late = broker.client("late").connect().subscribed("my/will")) {
            late.publish("my/will", "second", 1);
            assertThat(late.next().text()).isEqualTo("second");
        }
    }

    @Test
    void the_will_of_an_older_client_is_not_retained_either() {
        try (Mqtt5Client heir = broker.client("heir").connect().subscribed("my/old-will")) {
            Mqtt3Client mourner = broker.olderClient("mourner-3");
            mourner.withWill("my/old-will", HELLO, true).connect().drop();
            assertThat(heir.next().text()).isEqualTo("hello");
        }
        try (Mqtt5Client late = broker.client("late").connect().subscribed("my/old-will")) {
            late.publish("my/old-will", "second", 1);
            assertThat(late.next().text()).isEqualTo("second");
        }
    }
}
