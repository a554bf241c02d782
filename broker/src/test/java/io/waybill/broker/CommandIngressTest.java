package io.waybill.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.Ids;
import io.waybill.catalogue.Reading;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.queue.v1.Door;
import io.waybill.wire.mqtt.Stamp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** What becomes of what clients publish to command topics. */
class CommandIngressTest {

    private static final byte[] ADA = bytes("{\"name\":\"Ada\"}");
    private static final byte[] GARBAGE = {(byte) 0xff, (byte) 0xff, 1, 2, 3};
    private static final byte[] NAMELESS = bytes("{\"email\":\"ada@example.org\"}");

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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void a_command_is_stamped_once_at_every_quality_of_service(int qos) {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            Mqtt5Client.Answer answer =
                    till.answeredOn("my/reply")
                            .correlatedBy(bytes("order 7"))
                            .ofType("application/json")
                            .saying(Stamp.PRINCIPAL_PROPERTY, "ada")
                            .saying("waybill-anything", "x")
                            .publish("CONTACT/ADD", ADA, qos, false);

            assertThat(answer.code()).isZero();
            Received command = writer.next();
            assertThat(command.topic()).isEqualTo("CONTACT/ADD");
            assertThat(command.payload()).isEqualTo(ADA);
            assertThat(command.qos()).isGreaterThanOrEqualTo(1);
            assertThat(command.properties().orElseThrow().getResponseTopic()).isEqualTo("my/reply");
            assertThat(command.properties().orElseThrow().getContentType())
                    .isEqualTo("application/json");
            assertThat(command.properties().orElseThrow().getUserProperties()).isEmpty();
            Stamp stamp = command.stamp();
            assertThat(stamp.principal()).isEqualTo("anonymous");
            assertThat(stamp.door()).isEqualTo(Door.DOOR_MQTT);
            assertThat(stamp.sending()).isEmpty();
            assertThat(stamp.undecodable()).isEmpty();
            assertThat(stamp.correlation()).contains(bytes("order 7"));
            assertThat(Ids.uuid(stamp.commandId())).isPresent();
            assertThat(stamp.acceptedAt())
                    .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void a_bare_protobuf_of_an_older_client_is_stamped(int qos) {
        byte[] payload = AddContact.newBuilder().setName("Ada").build().toByteArray();
        try (Mqtt5Client writer = broker.writer();
                Mqtt3Client till = broker.olderClient("older-till").connect()) {
            till.publish("CONTACT/ADD", payload, qos, false);

            Received command = writer.next();
            assertThat(command.payload()).isEqualTo(payload);
            assertThat(command.stamp().principal()).isEqualTo("anonymous");
            assertThat(command.stamp().correlation()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void a_command_waits_for_a_writer_that_is_away(int qos) {
        broker.writer().close();
        try (Mqtt5Client till = broker.client("till").connect();
                Mqtt3Client older = broker.olderClient("older-till").connect()) {
            till.publish("CONTACT/ADD", ADA, qos, false);
            // acknowledged only when all before it on this connection has been taken over
            till.publish("my/own", ADA, 1, false);
            older.publish("CONTACT/ADD", ADA, qos, false);
            older.publish("my/own", ADA, 1, false);
        }
        try (Mqtt5Client writer = broker.writerComingBack()) {
            assertThat(writer.sessionPresent()).isTrue();
            assertThat(writer.next().stamp().door()).isEqualTo(Door.DOOR_MQTT);
            assertThat(writer.next().stamp().door()).isEqualTo(Door.DOOR_MQTT);
        }
    }

    @Test
    void a_thousand_commands_of_one_client_keep_their_order() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt3Client till = broker.olderClient("older-till").connect()) {
            for (int i = 0; i < 1_000; i++) {
                till.publish("CONTACT/ADD", bytes("{\"name\":\"" + i + "\"}"), 0, false);
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(writer.next().text()).contains("\"" + i + "\"");
            }
        }
    }

    @Test
    void correlation_data_that_is_a_uuid_identifies_the_command() {
        UUID key = UUID.randomUUID();
        byte[] sixteen =
                ByteBuffer.allocate(16)
                        .putLong(key.getMostSignificantBits())
                        .putLong(key.getLeastSignificantBits())
                        .array();
        var command = CommandCatalogue.standard().onTopic("CONTACT/ADD").orElseThrow();
        Reading.Valid valid = (Reading.Valid) command.read(ADA, "");
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            till.correlatedBy(sixteen).publish("CONTACT/ADD", ADA, 1, false);
            till.correlatedBy(bytes(key.toString())).publish("CONTACT/ADD", ADA, 0, false);

            String expected = Ids.commandId("anonymous", key.toString(), valid.command());
            Received first = writer.next();
            assertThat(first.stamp().commandId()).isEqualTo(expected);
            assertThat(first.stamp().correlation()).contains(sixteen);
            assertThat(writer.next().stamp().commandId()).isEqualTo(expected);
        }
    }

    @Test
    void a_forged_stamp_is_correlation_data_like_any_other() {
        byte[] forged =
                new Stamp(
                                "ada",
                                Ids.newId(1),
                                Door.DOOR_GRAPHQL,
                                Instant.EPOCH,
                                Optional.of(new Stamp.Sending("g1", 1, Optional.empty())),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())
                        .toBytes();
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            till.correlatedBy(forged).publish("CONTACT/ADD", ADA, 1, false);

            Stamp stamp = writer.next().stamp();
            assertThat(stamp.principal()).isEqualTo("anonymous");
            assertThat(stamp.sending()).isEmpty();
            assertThat(stamp.correlation()).contains(forged);
        }
    }

    @Test
    void a_trace_goes_along_when_it_is_one() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            till.saying("traceparent", trace).publish("CONTACT/ADD", ADA, 1, false);
            till.saying("traceparent", "nonsense").publish("CONTACT/ADD", ADA, 1, false);

            assertThat(writer.next().stamp().trace()).contains(trace);
            assertThat(writer.next().stamp().trace()).isEmpty();
        }
    }

    @Test
    void what_is_wrong_is_refused_where_the_client_can_be_told() {
        int qos = 1;
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            assertRefused(
                    till.publish("CONTACT/ADD", GARBAGE, qos, false),
                    "the payload is not the protobuf of a CONTACT/ADD with the fields name");
            assertRefused(
                    till.publish("CONTACT/ADD", "{\"nom\":\"Ada\"}", qos), "there is no field nom");
            assertRefused(till.publish("CONTACT/ADD", NAMELESS, qos, false), "name is missing");
            assertRefused(
                    till.publish("CONTACT/ADD", new byte[1_000_000], qos, false),
                    "1000000 bytes; CONTACT/ADD takes at most 16384");
            assertRefused(
                    till.ofType("text/plain").publish("CONTACT/ADD", ADA, qos, false),
                    "text/plain");
            assertRefused(
                    till.correlatedBy(new byte[17_000]).publish("CONTACT/ADD", ADA, qos, false),
                    "the correlation data has 17000 bytes");

            assertThat(till.publish("CONTACT/ADD", ADA, qos, false).code()).isZero();
            assertThat(writer.next().payload()).isEqualTo(ADA);
            assertThat(writer.gotNothing()).isTrue();
            assertThat(till.isConnected()).isTrue();
        }
    }

    private static void assertRefused(Mqtt5Client.Answer answer, String reason) {
        assertThat(answer.code()).isEqualTo(0x99);
        assertThat(answer.reason()).contains(reason).doesNotContain("waybill.");
    }

    @Test
    void what_is_wrong_goes_on_to_the_writer_where_a_client_cannot_be_told() {
        byte[] large = new byte[1_000_000];
        Arrays.fill(large, (byte) 'x');
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect();
                Mqtt3Client older = broker.olderClient("older-till").connect()) {
            till.publish("CONTACT/ADD", GARBAGE, 0, false);
            assertUndecodable(writer.next(), GARBAGE, GARBAGE.length);
            till.publish("CONTACT/ADD", large, 0, false);
            assertUndecodable(writer.next(), Arrays.copyOf(large, 1024), large.length);
            till.publish("CONTACT/ADD", NAMELESS, 0, false);
            assertInvalid(writer.next());
            for (int qos = 0; qos <= 2; qos++) {
                older.publish("CONTACT/ADD", GARBAGE, qos, false);
                assertUndecodable(writer.next(), GARBAGE, GARBAGE.length);
                older.publish("CONTACT/ADD", large, qos, false);
                assertUndecodable(writer.next(), Arrays.copyOf(large, 1024), large.length);
                older.publish("CONTACT/ADD", NAMELESS, qos, false);
                assertInvalid(writer.next());
            }
            older.publish("CONTACT/ADD", ADA, 1, false);
            assertThat(writer.next().stamp().undecodable()).isEmpty();
            assertThat(older.isConnected()).isTrue();
        }
    }

    private static void assertUndecodable(Received command, byte[] kept, long payloadBytes) {
        assertThat(command.payload()).isEqualTo(kept);
        Stamp.Undecodable undecodable = command.stamp().undecodable().orElseThrow();
        assertThat(undecodable.reason()).isNotBlank();
        assertThat(undecodable.payloadBytes()).isEqualTo(payloadBytes);
    }

    private static void assertInvalid(Received command) {
        assertThat(command.payload()).isEqualTo(NAMELESS);
        assertThat(command.stamp().undecodable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void commands_are_never_retained_and_never_expire(int qos) {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect();
                Mqtt3Client older = broker.olderClient("older-till").connect()) {
            till.expiringIn(1).publish("CONTACT/ADD", ADA, qos, true);
            Received command = writer.next();
            assertThat(command.retained()).isFalse();
            assertThat(command.properties().orElseThrow().getMessageExpiryInterval()).isNull();
            older.publish("CONTACT/ADD", ADA, qos, true);
            assertThat(writer.next().retained()).isFalse();
        }
        try (Mqtt5Client later = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            till.publish("CONTACT/ADD", "{\"name\":\"Bob\"}", 1);
            assertThat(later.next().text()).contains("Bob");
        }
    }

    @Test
    void what_is_wrong_is_refused_at_quality_of_service_2_and_its_packet_id_is_free_again()
            throws IOException {
        try (Mqtt5Client writer = broker.writer();
                RawClient raw = RawClient.connect(broker.role().mqttPort(), "raw")) {
            raw.publish(7, "CONTACT/ADD", GARBAGE);
            RawClient.Answer refusal = raw.pubrec(7);
            assertThat(refusal.code()).isEqualTo(0x99);
            assertThat(refusal.reason()).contains("not the protobuf of a CONTACT/ADD");
            raw.publish(7, "CONTACT/ADD", NAMELESS);
            assertThat(raw.pubrec(7).reason()).contains("name is missing");
            raw.publish(7, "CONTACT/ADD", new byte[1_000_000]);
            assertThat(raw.pubrec(7).reason()).contains("1000000 bytes");
            raw.publish(7, "CONTACT/ADD", ADA);
            assertThat(raw.pubrec(7).code()).isZero();
            raw.release(7);

            assertThat(writer.next().payload()).isEqualTo(ADA);
            assertThat(writer.gotNothing()).isTrue();
        }
    }

    @Test
    void a_named_user_is_the_principal_of_the_command() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").as("ada", "ada-password-1").connect();
                Mqtt3Client older =
                        broker.olderClient("older").as("bob", "bob-password-1").connect()) {
            till.publish("CONTACT/ADD", ADA, 1, false);
            assertThat(writer.next().stamp().principal()).isEqualTo("ada");
            older.publish("CONTACT/ADD", ADA, 0, false);
            assertThat(writer.next().stamp().principal()).isEqualTo("bob");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
