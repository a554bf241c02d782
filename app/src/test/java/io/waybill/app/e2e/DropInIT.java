package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.protocol.Contact;
import io.waybill.proto.protocol.ContactReaderGrpc;
import io.waybill.proto.protocol.ContactReaderGrpc.ContactReaderBlockingStub;
import io.waybill.proto.protocol.ContactReference;
import io.waybill.proto.protocol.ContactRequestResponse;
import io.waybill.proto.protocol.ListContactsFilter;
import io.waybill.proto.protocol.RequestResponse.StatusEnum;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Programs built for the system that Waybill follows: bare messages over MQTT 3.1.1, reads by its
 * contract.
 */
@ExtendWith(OneWaybill.class)
class DropInIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String GARBAGE = "\u0001garbage";

    private MqttClient queue;
    private ManagedChannel channel;
    private ContactReaderBlockingStub reader;

    @BeforeEach
    void connect(RunningWaybill waybill) throws Exception {
        queue =
                new MqttClient(
                        "tcp://localhost:" + waybill.mqtt(), "older", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        queue.connect(options);
        channel =
                Grpc.newChannelBuilder(
                                "localhost:" + waybill.reader(),
                                InsecureChannelCredentials.create())
                        .build();
        reader = ContactReaderGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void disconnect() throws Exception {
        queue.disconnect();
        queue.close();
        channel.shutdownNow();
    }

    @Test
    void bare_messages_add_change_and_delete() throws Exception {
        String name = "Older " + UUID.randomUUID();
        queue.publish(
                "CONTACT/ADD",
                Contact.newBuilder().setId("mine").setName(name).build().toByteArray(),
                0,
                false);
        Contact added = await().atMost(SOON).until(() -> named(name), found -> found != null);
        assertThat(added.getId()).isNotEqualTo("mine");
        assertThat(added.hasLastUpdated()).isTrue();

        queue.publish(
                "CONTACT/UPDATE",
                added.toBuilder().setName(name + "!").build().toByteArray(),
                0,
                false);
        await().atMost(SOON)
                .until(() -> get(added.getId()).getContact().getName().equals(name + "!"));

        queue.publish(
                "CONTACT/DELETE",
                ContactReference.newBuilder().setId(added.getId()).build().toByteArray(),
                0,
                false);
        ContactRequestResponse gone =
                await().atMost(SOON)
                        .until(
                                () -> get(added.getId()),
                                answer -> answer.getResponse().getStatus() == StatusEnum.ERROR);
        assertThat(gone.getResponse().getMessage())
                .isEqualTo("contact with id " + added.getId() + " not found");
    }

    @Test
    void garbage_ends_as_a_dead_letter_and_does_not_stop_what_follows(RunningWaybill waybill)
            throws Exception {
        queue.publish("CONTACT/ADD", GARBAGE.getBytes(StandardCharsets.UTF_8), 0, false);
        String name = "After garbage " + UUID.randomUUID();
        queue.publish(
                "CONTACT/ADD", Contact.newBuilder().setName(name).build().toByteArray(), 0, false);

        await().atMost(SOON).until(() -> named(name) != null);
        assertThat(queue.isConnected()).isTrue();
        assertThat(EventLogReader.read(waybill.database(), waybill.data()))
                .anySatisfy(
                        commit -> {
                            assertThat(commit.getOutcome().getKind())
                                    .isEqualTo(OutcomeKind.OUTCOME_KIND_DEAD_LETTERED);
                            assertThat(commit.getOutcome().getCode()).isEqualTo("UNDECODABLE");
                            assertThat(commit.getDeadLetter().getPayload().toStringUtf8())
                                    .isEqualTo(GARBAGE);
                        });
    }

    private ContactRequestResponse get(String id) {
        return reader.getContact(ContactReference.newBuilder().setId(id).build());
    }

    private Contact named(String name) {
        var answer = reader.listContacts(ListContactsFilter.newBuilder().setCount(1_000).build());
        assertThat(answer.getResponse().getStatus()).isEqualTo(StatusEnum.OK);
        assertThat(answer.getResponse().getMessage()).isEqualTo("OK");
        return answer.getContactList().stream()
                .filter(contact -> contact.getName().equals(name))
                .findFirst()
                .orElse(null);
    }
}
