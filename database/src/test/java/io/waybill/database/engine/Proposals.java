package io.waybill.database.engine;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactDeleted;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.eventstore.v1.Timer;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Proposed commits for tests; ids follow from short names. */
public final class Proposals {

    private Proposals() {}

    /** The id of a name. */
    public static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    public static CommandIdentity command(String name) {
        return CommandIdentity.newBuilder()
                .setPrincipal("anonymous")
                .setCommandId(id(name))
                .build();
    }

    public static String stream(String contact) {
        return "contact/" + id(contact);
    }

    /** An applied command with some events. */
    public static ProposedCommit.Builder applied(
            String command, String contact, long expectedVersion, Message... events) {
        ProposedCommit.Builder proposed =
                proposed(command, contact, expectedVersion)
                        .setOutcome(Outcome.newBuilder().setKind(OutcomeKind.OUTCOME_KIND_APPLIED));
        for (Message event : events) {
            proposed.addEvents(recorded(event));
        }
        return proposed;
    }

    /** A refused command. */
    public static ProposedCommit.Builder refused(
            String command, String contact, long expectedVersion) {
        return proposed(command, contact, expectedVersion)
                .setOutcome(
                        Outcome.newBuilder()
                                .setKind(OutcomeKind.OUTCOME_KIND_REJECTED)
                                .setCode("NOT_FOUND")
                                .setMessage("contact with id %s not found".formatted(contact)));
    }

    /** A command that adds a contact. */
    public static ProposedCommit.Builder adds(String command, String contact) {
        return applied(command, contact, 0, added(contact, contact + "'s name"));
    }

    /** A command that gives a contact another name. */
    public static ProposedCommit.Builder renames(
            String command, String contact, long expectedVersion, String name) {
        return applied(
                command,
                contact,
                expectedVersion,
                ContactUpdated.newBuilder()
                        .setId(id(contact))
                        .setName(name)
                        .setAt(Timestamps.fromMillis(1_000 + expectedVersion))
                        .build());
    }

    /** A command that deletes a contact. */
    public static ProposedCommit.Builder deletes(
            String command, String contact, long expectedVersion) {
        return applied(
                command,
                contact,
                expectedVersion,
                ContactDeleted.newBuilder().setId(id(contact)).build());
    }

    /** A timer that is due so long after 1970. */
    public static Timer timer(String name, long millis) {
        return Timer.newBuilder().setName(name).setDue(Timestamps.fromMillis(millis)).build();
    }

    public static ContactAdded added(String contact, String name) {
        return ContactAdded.newBuilder()
                .setId(id(contact))
                .setName(name)
                .setAt(Timestamps.fromMillis(1_000))
                .build();
    }

    public static RecordedEvent recorded(Message event) {
        return RecordedEvent.newBuilder()
                .setType(event.getDescriptorForType().getFullName())
                .setData(event.toByteString())
                .build();
    }

    private static ProposedCommit.Builder proposed(
            String command, String contact, long expectedVersion) {
        return ProposedCommit.newBuilder()
                .setStream(stream(contact))
                .setExpectedVersion(expectedVersion)
                .setCommand(command(command))
                .setFingerprint(ByteString.copyFromUtf8("of " + command))
                .setMetadata(
                        Metadata.newBuilder()
                                .setDoor("GRAPHQL")
                                .setTopic("CONTACT/ADD")
                                .setAcceptedAt(Timestamps.fromMillis(500)))
                .setDecidedAt(Timestamps.fromMillis(900));
    }
}
