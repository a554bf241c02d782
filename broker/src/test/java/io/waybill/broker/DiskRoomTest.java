package io.waybill.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.proto.queue.v1.Door;
import io.waybill.wire.mqtt.Stamp;
import io.waybill.wire.mqtt.Topics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What holds while the broker's disk is nearly full. */
class DiskRoomTest {

    private static final byte[] ADA = "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] GARBAGE = {(byte) 0xff, 1, 2};
    private static final long PLENTY = 1L << 40;

    @TempDir private Path folder;
    private final AtomicLong freeBytes = new AtomicLong(1_000);

    @Test
    void clients_are_refused_and_nothing_is_stored_until_there_is_room() throws IOException {
        try (RunningBroker broker = RunningBroker.withRoom(folder, freeBytes::get);
                Mqtt5Client writer = broker.writer();
                RawClient raw = RawClient.connect(broker.role().mqttPort(), "raw");
                Mqtt5Client till = broker.client("till").connect().subscribed("my/#")) {
            for (String topic : new String[] {"CONTACT/ADD", "my/topic"}) {
                Mqtt5Client.Answer answer = till.publish(topic, ADA, 1, false);
                assertThat(answer.code()).isEqualTo(0x97);
                assertThat(answer.reason()).contains("nearly full");
                till.publish(topic, ADA, 0, false);
                raw.publish(4, topic, ADA);
                assertThat(raw.pubrec(4).code()).isEqualTo(0x97);
            }
            till.publish("CONTACT/ADD", GARBAGE, 0, false);
            // answered only when all before it on this connection has been dropped
            assertThat(till.publish("my/topic", ADA, 1, false).code()).isEqualTo(0x97);

            freeBytes.set(PLENTY);
            await().until(() -> till.publish("my/topic", ADA, 1, false).code() == 0);
            assertThat(till.next().topic()).isEqualTo("my/topic");
            raw.publish(4, "CONTACT/ADD", ADA);
            assertThat(raw.pubrec(4).code()).isZero();
            raw.release(4);
            assertThat(writer.next().payload()).isEqualTo(ADA);
            assertThat(writer.gotNothing() && till.gotNothing()).isTrue();
        }
    }

    @Test
    void older_clients_lose_their_connection_instead_of_their_message() {
        try (RunningBroker broker = RunningBroker.withRoom(folder, freeBytes::get);
                Mqtt5Client writer = broker.writer()) {
            for (int qos = 1; qos <= 2; qos++) {
                int asked = qos;
                try (Mqtt3Client older = broker.olderClient("older-" + qos).connect()) {
                    older.publish("CONTACT/ADD", ADA, 0, false);
                    assertThat(older.isConnected()).isTrue();
                    assertThatThrownBy(() -> older.publish("CONTACT/ADD", ADA, asked, false))
                            .isInstanceOf(AssertionError.class);
                    await().until(() -> !older.isConnected());
                }
            }
            assertThat(writer.gotNothing()).isTrue();
        }
    }

    @Test
    void health_warns_before_and_while_clients_are_refused() {
        try (RunningBroker broker = RunningBroker.withRoom(folder, freeBytes::get)) {
            assertThat(broker.role().health().warnings().getFirst()).contains("is full: 0 MB");
            freeBytes.set(300L << 20);
            assertThat(broker.role().health().warnings().getFirst())
                    .contains("nearly full: 300 MB are left");
            freeBytes.set(PLENTY);
            assertThat(broker.role().health().warnings()).isEmpty();
            assertThat(broker.role().health().up()).isTrue();
        }
    }

    @Test
    void roles_go_on() {
        try (RunningBroker broker = RunningBroker.withRoom(folder, freeBytes::get);
                Mqtt5Client writer = broker.writer();
                Mqtt5Client gateway = broker.gateway("g1")) {
            gateway.correlatedBy(stamp("g1").toBytes()).publish("CONTACT/ADD", ADA, 1, false);
            assertThat(writer.next().payload()).isEqualTo(ADA);
            writer.publish(Topics.answers("g1"), ADA, 1, false);
            assertThat(gateway.next().payload()).isEqualTo(ADA);
        }
    }

    @Test
    void a_disk_that_cannot_tell_has_room() {
        try (RunningBroker broker =
                        RunningBroker.withRoom(
                                folder,
                                () -> {
                                    throw new UncheckedIOException(new IOException("unknown"));
                                });
                Mqtt5Client writer = broker.writer();
                Mqtt5Client till = broker.client("till").connect()) {
            assertThat(till.publish("CONTACT/ADD", ADA, 1, false).code()).isZero();
            assertThat(writer.next().payload()).isEqualTo(ADA);
        }
    }

    private static Stamp stamp(String gateway) {
        return new Stamp(
                "ada",
                "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e",
                Door.DOOR_GRAPHQL,
                Instant.ofEpochSecond(1_700_000_000),
                Optional.of(new Stamp.Sending(gateway, 1, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
