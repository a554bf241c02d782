package io.waybill.broker;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.wire.mqtt.Stamp;
import io.waybill.wire.mqtt.Topics;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Where clients may publish and subscribe, and what they are given. */
class TopicAccessTest {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ADA = "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8);

    private static final List<String> RESERVED_TOPICS =
            List.of(
                    "CONTACT",
                    "CONTACT/FOO",
                    "CONTACT/ADD/0",
                    "ORDER/ANYTHING",
                    "SAGA/CONTACT/AUTHORIZE",
                    "EVENT/CONTACT/ADDED",
                    "DEADLETTER/CONTACT/ADD",
                    "GATEWAY/ALL/SESSION_LOST",
                    "GATEWAY/g1/ANSWERS",
                    "$SYS/x",
                    "$share/g/x");
    private static final List<String> RESERVED_RESPONSE_TOPICS =
            List.of("CONTACT/ADD", "GATEWAY/g1/ANSWERS", "EVENT/x", "ORDER", "$x/y");
    private static final List<String> RESERVED_FILTERS =
            List.of(
                    "CONTACT/#",
                    "CONTACT/ADD",
                    "CONTACT/+",
                    "GATEWAY/#",
                    "GATEWAY/g1/ANSWERS",
                    "EVENT/#",
                    "EVENT/COMMAND/#",
                    "EVENT/+/ADDED",
                    "SAGA/#",
                    "DEADLETTER/#",
                    "$SYS/#",
                    "$share/g/CONTACT/#",
                    "$share/g/CONTACT/ADD",
                    "$share/g/#",
                    "$share/g/+/ADD",
                    "$share/g/EVENT/CONTACT/#");
    private static final List<String> FREE_FILTERS =
            List.of("#", "+/+", "+/ADD/#", "my/#", "EVENT/CONTACT/#", "$share/g/my/#");

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
    void reserved_topics_that_are_no_command_are_refused() throws IOException {
        try (Mqtt5Client gateway = broker.gateway("g1");
                RawClient raw = RawClient.connect(broker.role().mqttPort(), "raw");
                Mqtt5Client till = broker.client("till").connect();
                Mqtt3Client older = broker.olderClient("older-till").connect()) {
            for (String topic : RESERVED_TOPICS) {
                Mqtt5Client.Answer answer = till.publish(topic, HELLO, 1, false);
                assertThat(answer.code()).as(topic).isEqualTo(0x90);
                assertThat(answer.reason()).contains("'" + topic + "' is reserved", "CONTACT/ADD");
                raw.publish(1, topic, HELLO);
                assertThat(raw.pubrec(1).code()).isEqualTo(0x90);
                till.publish(topic, HELLO, 0, false);
                for (int qos = 0; qos <= 2; qos++) {
                    older.publish(topic, HELLO, qos, false);
                }
            }
            assertThat(till.publish("my/topic", HELLO, 1, false).code()).isLessThan(0x80);
            older.publish("my/topic", HELLO, 1, false);
            assertThat(gateway.gotNothing()).isTrue();
        }
    }

    @Test
    void response_topics_under_reserved_roots_are_refused() throws IOException {
        try (Mqtt5Client writer = broker.writer();
                RawClient raw = RawClient.connect(broker.role().mqttPort(), "raw");
                Mqtt5Client till = broker.client("till").connect()) {
            for (String responseTopic : RESERVED_RESPONSE_TOPICS) {
                Mqtt5Client.Answer answer =
                        till.answeredOn(responseTopic).publish("CONTACT/ADD", ADA, 1, false);
                assertThat(answer.code()).isEqualTo(0x90);
                assertThat(answer.reason())
                        .contains("response topic '" + responseTopic + "' is reserved");
                raw.publish(1, "CONTACT/ADD", ADA, responseTopic);
                assertThat(raw.pubrec(1).code()).isEqualTo(0x90);
                till.answeredOn(responseTopic).publish("CONTACT/ADD", ADA, 0, false);
            }
            till.publish("CONTACT/ADD", "{\"name\":\"Bob\"}", 1);
            assertThat(writer.next().text()).contains("Bob");
            assertThat(writer.gotNothing()).isTrue();
        }
    }

    @Test
    void clients_talk_with_each_other_where_nothing_is_reserved() {
        try (Mqtt5Client listener = broker.client("listener").connect().subscribed("my/#");
                Mqtt5Client till = broker.client("till").connect()) {
            till.saying("colour", "red")
                    .saying(Stamp.PRINCIPAL_PROPERTY, "ada")
                    .correlatedBy(HELLO)
                    .publish("my/topic", HELLO, 1, true);

            Received message = listener.next();
            assertThat(message.payload()).isEqualTo(HELLO);
            assertThat(message.correlation()).contains(HELLO);
            assertThat(message.userProperty("colour")).contains("red");
            assertThat(message.userProperty(Stamp.PRINCIPAL_PROPERTY)).isEmpty();
            Mqtt5Client.Answer tooLarge = till.publish("my/topic", new byte[70_000], 1, false);
            assertThat(tooLarge.code()).isEqualTo(0x97);
            assertThat(tooLarge.reason()).contains("at most 65536");
        }
        try (Mqtt5Client later = broker.client("later").connect().subscribed("my/#");
                Mqtt5Client till = broker.client("till").connect()) {
            till.publish("my/topic", "second", 1);
            assertThat(later.next().text()).isEqualTo("second"); // the first was not retained
        }
    }

    @Test
    void reserved_filters_are_refused_and_the_connection_stays() {
        try (Mqtt5Client till = broker.client("till").connect();
                Mqtt3Client older = broker.olderClient("older-till").connect()) {
            for (String filter : RESERVED_FILTERS) {
                Mqtt5Client.Answer answer = till.subscribe(filter);
                assertThat(answer.code()).isEqualTo(0x87);
                assertThat(answer.reason()).contains("'" + filter + "'");
                assertThat(older.subscribe(filter)).isEqualTo(0x80);
            }
            assertThat(till.subscribe("my/#").code()).isLessThan(0x80);
            assertThat(older.subscribe("my/#")).isLessThan(0x80);
        }
    }

    @Test
    void other_filters_are_granted() {
        try (Mqtt5Client till = broker.client("till").connect();
                Mqtt3Client older = broker.olderClient("older-till").connect()) {
            for (String filter : FREE_FILTERS) {
                assertThat(till.subscribe(filter).code()).as(filter).isLessThan(0x80);
                assertThat(older.subscribe(filter)).as(filter).isLessThan(0x80);
            }
        }
    }

    @Test
    void a_wildcard_delivers_no_command_no_gateways_answer_and_no_command_event() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client gateway = broker.gateway("g1");
                Mqtt5Client other = broker.gateway("g2");
                Mqtt5Client spy = broker.client("spy").connect().subscribed("#", "+/+", "+/+/+");
                Mqtt3Client older = broker.olderClient("older-spy").connect();
                Mqtt5Client till = broker.client("till").connect()) {
            older.subscribe("#");
            till.publish("CONTACT/ADD", ADA, 1, false);
            writer.publish(Topics.answers("g1"), HELLO, 1, false);
            writer.publish(Topics.SESSION_LOST, HELLO, 1, false);
            writer.publish("EVENT/COMMAND/APPLIED", HELLO, 1, false);
            writer.publish("EVENT/CONTACT/ADDED", HELLO, 1, false);

            assertThat(spy.next().topic()).isEqualTo("EVENT/CONTACT/ADDED");
            assertThat(older.next().topic()).isEqualTo("EVENT/CONTACT/ADDED");
            assertThat(gateway.next().topic()).isEqualTo(Topics.answers("g1"));
            assertThat(gateway.next().topic()).isEqualTo(Topics.SESSION_LOST);
            assertThat(other.next().topic()).isEqualTo(Topics.SESSION_LOST);
            assertThat(writer.next().topic()).isEqualTo("CONTACT/ADD");
            assertThat(spy.gotNothing() && older.gotNothing() && other.gotNothing()).isTrue();
        }
    }

    @Test
    void a_gateway_follows_events_and_outcomes_of_commands() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client gateway =
                        broker.gateway("g1").subscribed("EVENT/ORDER/#", "EVENT/COMMAND/#")) {
            writer.publish("EVENT/ORDER/CREATED", HELLO, 1, false);
            writer.publish("EVENT/COMMAND/APPLIED", HELLO, 1, false);
            assertThat(gateway.next().topic()).isEqualTo("EVENT/ORDER/CREATED");
            assertThat(gateway.next().topic()).isEqualTo("EVENT/COMMAND/APPLIED");
            assertThat(gateway.publish("EVENT/ORDER/CREATED", HELLO, 1, false).code())
                    .isEqualTo(0x87);
        }
    }

    @Test
    void of_what_a_writer_tells_only_the_latest_sequence_is_retained() {
        try (Mqtt5Client writer = broker.writer()) {
            writer.publish("EVENT/SHOPPING/CREATED", HELLO, 1, true);
            writer.publish("EVENT/SHOPPING/SEQUENCE/0", "1".getBytes(UTF_8), 1, true);
            writer.publish("EVENT/SHOPPING/SEQUENCE/0", "2".getBytes(UTF_8), 1, true);
            writer.publish("EVENT/COMMAND/SEQUENCE/0", "3".getBytes(UTF_8), 1, true);
        }
        try (Mqtt5Client later = broker.client("later").connect().subscribed("EVENT/SHOPPING/#");
                Mqtt5Client spy = broker.client("spy").connect().subscribed("#")) {
            assertThat(later.next().text()).isEqualTo("2");
            assertThat(spy.next().topic()).isEqualTo("EVENT/SHOPPING/SEQUENCE/0");
            assertThat(later.gotNothing() && spy.gotNothing()).isTrue();
        }
    }

    @Test
    void an_outcome_reaches_sessions_of_its_principal_alone_without_waybills_properties() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client ada = broker.client("1").as("ada", "ada-password-1").connect();
                Mqtt3Client adaToo = broker.olderClient("2").as("ada", "ada-password-1").connect();
                Mqtt5Client bob = broker.client("3").as("bob", "bob-password-1").connect();
                Mqtt3Client nobody = broker.olderClient("4").connect()) {
            ada.subscribed("my/reply");
            adaToo.subscribe("#");
            bob.subscribed("my/reply", "#");
            nobody.subscribe("my/+");
            writer.saying(Stamp.PRINCIPAL_PROPERTY, "ada")
                    .saying("colour", "red")
                    .publish("my/reply", "for ada", 1);
            writer.saying(Stamp.PRINCIPAL_PROPERTY, "bob").publish("my/reply", "for bob", 1);
            writer.saying(Stamp.PRINCIPAL_PROPERTY, "anonymous")
                    .publish("my/reply", "for anonymous", 1);

            Received forAda = ada.next();
            assertThat(forAda.text()).isEqualTo("for ada");
            assertThat(forAda.userProperty(Stamp.PRINCIPAL_PROPERTY)).isEmpty();
            assertThat(forAda.userProperty("colour")).contains("red");
            assertThat(adaToo.next().text()).isEqualTo("for ada");
            assertThat(bob.next().text()).isEqualTo("for bob");
            assertThat(nobody.next().text()).isEqualTo("for anonymous");
            assertThat(ada.gotNothing() && adaToo.gotNothing() && nobody.gotNothing()).isTrue();
        }
    }

    @Test
    void what_is_held_back_does_not_hold_up_what_comes_behind_it() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client spy = broker.client("spy").connect().subscribed("#");
                Mqtt5Client till = broker.client("till").connect()) {
            for (int i = 0; i < 300; i++) { // three times the window of a client
                till.publish("CONTACT/ADD", ADA, 1, false);
                writer.next();
            }
            till.publish("my/topic", HELLO, 1, false);
            assertThat(spy.next().topic()).isEqualTo("my/topic");
        }
    }

    @Test
    void what_older_clients_say_to_each_other_is_not_retained_either() {
        try (Mqtt5Client listener = broker.client("listener").connect().subscribed("my/old/#");
                Mqtt3Client older = broker.olderClient("older").connect()) {
            for (int qos = 0; qos <= 2; qos++) {
                older.publish("my/old/" + qos, HELLO, qos, true);
                assertThat(listener.next().topic()).isEqualTo("my/old/" + qos);
            }
        }
        try (Mqtt5Client late = broker.client("late").connect().subscribed("my/old/#")) {
            late.publish("my/old/0", "second", 1);
            assertThat(late.next().text()).isEqualTo("second");
        }
    }

    @Test
    void a_packet_beyond_all_bounds_ends_the_connection_that_sent_it_and_no_other()
            throws IOException {
        try (Mqtt5Client writer = broker.writer();
                RawClient giant = RawClient.connect(broker.role().mqttPort(), "giant");
                Mqtt5Client till = broker.client("till").connect()) {
            assertThat(isEndedBy(giant, new byte[5 * 1024 * 1024])).isTrue();
            assertThat(till.publish("CONTACT/ADD", ADA, 1, false).code()).isZero();
            assertThat(writer.next().payload()).isEqualTo(ADA);
        }
    }

    private static boolean isEndedBy(RawClient client, byte[] payload) {
        try {
            client.publish(1, "my/topic", payload);
        } catch (IOException e) {
            return true; // while it was still being sent
        }
        return client.isEnded();
    }
}
