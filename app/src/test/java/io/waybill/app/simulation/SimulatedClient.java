package io.waybill.app.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.Ids;
import io.waybill.catalogue.Reading;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.time.ProtoTime;

/** What a client sends, as a gateway takes it in. */
final class SimulatedClient {

    private static final String PRINCIPAL = "anonymous";

    private SimulatedClient() {}

    /** A command that is sent now, under a new identity. */
    static OutboxEntry entry(VirtualTime time, Message message) {
        Reading reading =
                CommandCatalogue.standard().of(message.getDescriptorForType()).read(message);
        Command command = ((Reading.Valid) reading).command();
        String id = Ids.newId(time.now().toEpochMilli(), time.random());
        return OutboxEntry.newBuilder()
                .setCommand(CommandIdentity.newBuilder().setPrincipal(PRINCIPAL).setCommandId(id))
                .setMetadata(
                        Metadata.newBuilder()
                                .setDoor("GRAPHQL")
                                .setTopic(command.type().topic())
                                .setAcceptedAt(ProtoTime.of(time.now())))
                .setPayload(ByteString.copyFrom(command.payload()))
                .setFingerprint(ByteString.copyFrom(command.fingerprint()))
                .setStream(command.stream(PRINCIPAL, id))
                .build();
    }

    /** The aggregate that a command is about. */
    static String aggregateId(OutboxEntry entry) {
        return entry.getStream().substring(entry.getStream().indexOf('/') + 1);
    }
}
