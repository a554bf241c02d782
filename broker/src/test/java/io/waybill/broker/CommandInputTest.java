package io.waybill.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.catalogue.Ids;
import io.waybill.wire.mqtt.Stamp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Commands at the edges: of every size, sent again, and under a topic alias. */
class CommandInputTest {

    private static final int MOST_BYTES = 16 * 1024;
    private static final byte[] ADA = bytes("{\"name\":\"Ada\"}");

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
    void sixteen_kilobytes_are_taken_and_not_one_byte_more() {
        byte[] most = padded(MOST_BYTES);
        byte[] more = padded(MOST_BYTES + 1);
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect();
                Mqtt3Client older = broker.olderClient("older-till").connect()) {
            for (int qos = 0; qos <= 2; qos++) {
                assertThat(till.publish("CONTACT/ADD", most, qos, false).code()).isZero();
                assertThat(writer.next().payload()).isEqualTo(most);
                older.publish("CONTACT/ADD", most, qos, false);
                assertThat(writer.next().payload()).isEqualTo(most);

                older.publish("CONTACT/ADD", more, qos, false);
                Received cut = writer.next();
                assertThat(cut.payload()).isEqualTo(Arrays.copyOf(more, 1024));
                assertThat(cut.stamp().undecodable().orElseThrow().payloadBytes())
                        .isEqualTo(more.length);
            }
        }
    }

    @Test
    void a_byte_more_than_sixteen_kilobytes_is_refused_where_the_client_can_be_told() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            Mqtt5Client.Answer answer =
                    till.publish("CONTACT/ADD", padded(MOST_BYTES + 1), 1, false);

            assertThat(answer.code()).isEqualTo(0x99);
            assertThat(answer.reason()).contains("16385 bytes");
            till.publish("CONTACT/ADD", ADA, 1, false);
            assertThat(writer.next().payload()).isEqualTo(ADA);
        }
    }

    @Test
    void an_order_whose_total_cannot_be_kept_is_refused_where_the_client_can_be_told() {
        try (Mqtt5Client till = broker.client("till").connect()) {
            String id = Ids.newId(1);
            Mqtt5Client.Answer answer =
                    till.publish(
                            "ORDER/CREATE",
                            bytes(
                                    """
                                    {"customer_id": "%s", "restaurant_id": "%s", "currency": "EUR",
                                     "order_items": [{"code": "A", "unit_price": 999999999999999, "quantity": 999}]}"""
                                            .formatted(id, id)),
                            1,
                            false);

            assertThat(answer.code()).isEqualTo(0x99);
            assertThat(answer.reason())
                    .isEqualTo(
                            "order_items[0].unit_price makes the total larger than can be kept exactly");
        }
    }

    /** JSON of a length, with white space after the name. */
    private static byte[] padded(int length) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) ' ');
        byte[] begin = bytes("{\"name\":\"Ada\"");
        System.arraycopy(begin, 0, payload, 0, begin.length);
        payload[length - 1] = '}';
        return payload;
    }

    @Test
    void an_empty_payload_is_a_command_without_its_fields() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect();
                Mqtt3Client older = broker.olderClient("older-till").connect()) {
            Mqtt5Client.Answer answer = till.publish("CONTACT/ADD", new byte[0], 1, true);
            assertThat(answer.code()).isEqualTo(0x99);
            assertThat(answer.reason()).contains("name is missing");
            till.publish("CONTACT/ADD", new byte[0], 0, true);
            assertThat(writer.next().payload()).isEmpty();
            for (int qos = 0; qos <= 2; qos++) {
                older.publish("CONTACT/ADD", new byte[0], qos, true);
                Received command = writer.next();
                assertThat(command.payload()).isEmpty();
                assertThat(command.stamp().undecodable()).isEmpty();
            }
        }
    }

    @Test
    void correlation_data_of_every_size_goes_along_as_it_is() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            for (int length : new int[] {0, 1, 15, 16, 17, 35, 36, 37, 127, 128, 16 * 1024}) {
                byte[] correlation = new byte[length];
                Arrays.fill(correlation, (byte) 0xf7);
                for (int qos = 0; qos <= 2; qos++) {
                    till.correlatedBy(correlation).publish("CONTACT/ADD", ADA, qos, false);
                    assertThat(writer.next().stamp().correlation()).contains(correlation);
                }
            }
        }
    }

    @Test
    void correlation_data_that_is_too_long_to_bring_back_is_refused_or_ends_as_a_dead_letter() {
        for (int length : new int[] {16 * 1024 + 1, 65_535}) {
            try (Mqtt5Client writer = broker.writer();
                    Mqtt5Client till = broker.client("till").connect()) {
                Mqtt5Client.Answer answer =
                        till.correlatedBy(new byte[length]).publish("CONTACT/ADD", ADA, 1, false);
                assertThat(answer.code()).isEqualTo(0x99);
                assertThat(answer.reason()).contains(length + " bytes");

                till.correlatedBy(new byte[length]).publish("CONTACT/ADD", ADA, 0, false);
                Stamp stamp = writer.next().stamp();
                assertThat(stamp.correlation()).isEmpty();
                assertThat(stamp.undecodable().orElseThrow().reason()).contains("correlation data");
            }
        }
    }

    @Test
    void of_a_content_type_only_the_beginning_goes_along() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            till.ofType("application/json;" + "x".repeat(60_000))
                    .publish("CONTACT/ADD", ADA, 1, false);
            Received json = writer.next();
            assertThat(json.properties().orElseThrow().getContentType())
                    .startsWith("application/json;")
                    .hasSizeLessThanOrEqualTo(256);

            till.ofType("\uD83D\uDE9A".repeat(10_000)).publish("CONTACT/ADD", ADA, 0, false);
            Received unknown = writer.next();
            assertThat(unknown.stamp().undecodable()).isPresent();
            assertThat(unknown.properties().orElseThrow().getContentType())
                    .hasSizeLessThanOrEqualTo(256);
        }
    }

    @Test
    void what_is_published_again_at_quality_of_service_2_is_one_command() throws IOException {
        int port = broker.role().mqttPort();
        try (Mqtt5Client writer = broker.writer()) {
            try (RawClient first = RawClient.connectKeepingSession(port, "again")) {
                first.publish(9, "CONTACT/ADD", ADA);
                assertThat(first.pubrec(9).code()).isZero();
            }
            try (RawClient second = RawClient.connectKeepingSession(port, "again")) {
                second.publishAgain(9, "CONTACT/ADD", ADA);
                assertThat(second.pubrec(9).code()).isZero();
                second.release(9);
                second.publish(9, "CONTACT/ADD", bytes("{\"name\":\"Bob\"}"));
                assertThat(second.pubrec(9).code()).isZero();
                second.release(9);
            }
            assertThat(writer.next().text()).contains("Ada");
            assertThat(writer.next().text()).contains("Bob");
            assertThat(writer.gotNothing()).isTrue();
        }
    }

    @Test
    void a_topic_alias_stands_for_its_topic() throws IOException {
        try (Mqtt5Client writer = broker.writer();
                RawClient raw = RawClient.connect(broker.role().mqttPort(), "aliased")) {
            raw.publishAs(1, 1, "CONTACT/ADD", ADA);
            assertThat(raw.pubrec(1).code()).isZero();
            raw.release(1);
            raw.publishAs(1, 2, "", ADA);
            assertThat(raw.pubrec(2).code()).isZero();
            raw.release(2);
            raw.publishAs(2, 3, "GATEWAY/ALL/SESSION_LOST", ADA);
            assertThat(raw.pubrec(3).code()).isEqualTo(0x90);
            raw.publishAs(2, 4, "", ADA);
            assertThat(raw.pubrec(4).code()).isEqualTo(0x90);

            assertThat(writer.next().topic()).isEqualTo("CONTACT/ADD");
            assertThat(writer.next().topic()).isEqualTo("CONTACT/ADD");
        }
    }

    @Test
    void the_same_key_is_another_command_for_another_verb_target_or_principal() {
        byte[] key = uuidBytes(UUID.randomUUID());
        String one = Ids.newId(1);
        String other = Ids.newId(1);
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect();
                Mqtt5Client ada = broker.client("till").as("ada", "ada-password-1").connect()) {
            String[] commandIds = {
                keyed(till, writer, key, "CONTACT/ADD", "{\"name\":\"Ada\"}"),
                keyed(ada, writer, key, "CONTACT/ADD", "{\"name\":\"Ada\"}"),
                keyed(till, writer, key, "CONTACT/DELETE", "{\"id\":\"" + one + "\"}"),
                keyed(till, writer, key, "CONTACT/DELETE", "{\"id\":\"" + other + "\"}"),
                keyed(till, writer, key, "CONTACT/UPDATE", renamed(one, "Ada")),
                keyed(till, writer, key, "CONTACT/UPDATE", renamed(other, "Ada"))
            };
            assertThat(commandIds).doesNotHaveDuplicates();
            // what is invalid is of the target that it names, too
            assertThat(keyed(till, writer, key, "CONTACT/UPDATE", renamed(one, "")))
                    .isEqualTo(commandIds[4]);
            assertThat(keyed(till, writer, key, "CONTACT/UPDATE", renamed(other, "")))
                    .isEqualTo(commandIds[5]);
        }
    }

    @Test
    void sixteen_letters_are_no_key_just_as_fifteen_are_none() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            for (String correlation : new String[] {"order-000000001", "order-0000000001"}) {
                byte[] same = bytes(correlation);
                assertThat(keyed(till, writer, same, "CONTACT/ADD", "{\"name\":\"Ada\"}"))
                        .isNotEqualTo(
                                keyed(till, writer, same, "CONTACT/ADD", "{\"name\":\"Bob\"}"));
            }
        }
    }

    @Test
    void commands_of_one_client_keep_their_order_over_topics_within_a_quality_of_service() {
        String id = Ids.newId(1);
        int count = 150;
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            for (int qos = 0; qos <= 2; qos++) {
                for (int i = 0; i < count; i++) {
                    switch (i % 3) {
                        case 0 -> till.publishWithoutWaiting("CONTACT/ADD", named("Ada " + i), qos);
                        case 1 ->
                                till.publishWithoutWaiting(
                                        "CONTACT/UPDATE", renamed(id, "Ada " + i), qos);
                        default ->
                                till.publishWithoutWaiting(
                                        "CONTACT/DELETE", "{\"id\":\"" + id + "\"}", qos);
                    }
                }
                for (int i = 0; i < count; i++) {
                    Received command = writer.next();
                    assertThat(command.topic())
                            .isEqualTo(
                                    List.of("CONTACT/ADD", "CONTACT/UPDATE", "CONTACT/DELETE")
                                            .get(i % 3));
                    if (i % 3 < 2) {
                        assertThat(command.text()).contains("\"Ada " + i + "\"");
                    }
                }
            }
        }
    }

    private static String named(String name) {
        return "{\"name\":\"" + name + "\"}";
    }

    private static String keyed(
            Mqtt5Client client, Mqtt5Client writer, byte[] key, String topic, String json) {
        client.correlatedBy(key).publish(topic, json, 0);
        return writer.next().stamp().commandId();
    }

    private static String renamed(String id, String name) {
        return "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(id, name);
    }

    private static byte[] uuidBytes(UUID uuid) {
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
