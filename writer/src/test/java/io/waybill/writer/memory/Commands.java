package io.waybill.writer.memory;

import com.google.protobuf.Message;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.Ids;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.queue.v1.Door;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.Stamp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Messages as gateways and MQTT clients send them. */
public final class Commands {

    public static final String GATEWAY = "g1";

    private Commands() {}

    /** A command id that reads well in a failure. */
    public static String id(int number) {
        return new UUID(0x7000L, 0x8000_0000_0000_0000L + number).toString();
    }

    /** The contact that an add with this command id makes. */
    public static String contactOf(String commandId) {
        return Ids.aggregateId("contact", "anonymous", commandId);
    }

    public static Message add(String name) {
        return AddContact.newBuilder().setName(name).build();
    }

    public static Message update(String contact, String name) {
        return UpdateContact.newBuilder().setId(contact).setName(name).build();
    }

    public static Message delete(String contact) {
        return DeleteContact.newBuilder().setId(contact).build();
    }

    public static String topic(Message command) {
        return CommandCatalogue.standard().of(command.getDescriptorForType()).topic();
    }

    /** As a gateway sends it that drives a dead letter again. */
    public static InboundMessage drivingAgain(
            String deadLetter, Message command, String commandId, Instant acceptedAt) {
        Stamp stamp =
                new Stamp(
                        "anonymous",
                        commandId,
                        Door.DOOR_GRAPHQL,
                        acceptedAt,
                        Optional.of(new Stamp.Sending(GATEWAY, 1, Optional.empty())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(deadLetter));
        return message(topic(command), command.toByteArray(), Optional.empty(), stamp);
    }

    /** As a gateway sends it. */
    public static InboundMessage fromGateway(
            Message command,
            String commandId,
            Instant acceptedAt,
            long sending,
            Optional<String> predecessor) {
        Stamp stamp =
                new Stamp(
                        "anonymous",
                        commandId,
                        Door.DOOR_GRAPHQL,
                        acceptedAt,
                        Optional.of(
                                new Stamp.Sending(
                                        GATEWAY, sending, predecessor.map(Commands::identity))),
                        Optional.of("00-trace-01"),
                        Optional.empty(),
                        Optional.empty());
        return message(topic(command), command.toByteArray(), Optional.empty(), stamp);
    }

    /** As the broker stamps what an MQTT client sent. */
    public static InboundMessage fromClient(
            String topic,
            String json,
            String commandId,
            Instant acceptedAt,
            Optional<String> responseTopic) {
        Stamp stamp =
                new Stamp(
                        "anonymous",
                        commandId,
                        Door.DOOR_MQTT,
                        acceptedAt,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("mine".getBytes(StandardCharsets.UTF_8)));
        return message(topic, json.getBytes(StandardCharsets.UTF_8), responseTopic, stamp);
    }

    public static CommandIdentity identity(String commandId) {
        return CommandIdentity.newBuilder()
                .setPrincipal("anonymous")
                .setCommandId(commandId)
                .build();
    }

    private static InboundMessage message(
            String topic, byte[] payload, Optional<String> responseTopic, Stamp stamp) {
        return new InboundMessage(
                topic,
                payload,
                Optional.empty(),
                responseTopic,
                Optional.of(stamp.toBytes()),
                List.of(),
                () -> {});
    }
}
