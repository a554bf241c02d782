package io.waybill.writer.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import io.waybill.catalogue.Command;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactDeleted;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.writer.contact.Change;
import io.waybill.writer.contact.Contact;
import io.waybill.writer.contact.ContactCommand;
import io.waybill.writer.contact.ContactDecider;
import io.waybill.writer.contact.ContactDecision;
import io.waybill.writer.contact.ContactEvent;
import io.waybill.writer.decide.AggregateType;
import io.waybill.writer.decide.Asked;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.time.ProtoTime;

import java.time.Instant;

/** Contacts for the pipeline: the domain's decisions, read from and written as protobuf. */
public final class ContactCodec implements AggregateType<Contact> {

    private static final String ADDED = ContactAdded.getDescriptor().getFullName();
    private static final String UPDATED = ContactUpdated.getDescriptor().getFullName();
    private static final String DELETED = ContactDeleted.getDescriptor().getFullName();

    @Override
    public String name() {
        return "contact";
    }

    @Override
    public Contact initial() {
        return ContactDecider.initial();
    }

    @Override
    public Contact evolve(Contact state, RecordedEvent event) {
        return ContactDecider.evolve(state, read(event));
    }

    @Override
    public Decision decide(Asked asked, Contact state) {
        return switch (ContactDecider.decide(
                read(asked.command(), asked.id(), asked.at()), state)) {
            case ContactDecision.Accepted accepted ->
                    new Decision.Accepted(
                            accepted.events().stream().map(ContactCodec::write).toList());
            case ContactDecision.NotFound notFound ->
                    new Decision.Refused(ErrorCode.NOT_FOUND, notFound.sentence(), "id");
        };
    }

    static ContactCommand read(Command command, String id, Instant at) {
        return switch (command.message()) {
            case AddContact add ->
                    new ContactCommand.Add(id, add.getName(), add.getEmail(), add.getPhone(), at);
            case UpdateContact update ->
                    new ContactCommand.Update(
                            id,
                            change(update.hasName(), update.getName()),
                            change(update.hasEmail(), update.getEmail()),
                            change(update.hasPhone(), update.getPhone()),
                            at);
            case DeleteContact delete -> new ContactCommand.Delete(id, at);
            default ->
                    throw new IllegalStateException(
                            command.type().topic() + " is not a contact's command");
        };
    }

    static RecordedEvent write(ContactEvent event) {
        return switch (event) {
            case ContactEvent.Added added ->
                    recorded(
                            ContactAdded.newBuilder()
                                    .setId(added.id())
                                    .setName(added.name())
                                    .setEmail(added.email())
                                    .setPhone(added.phone())
                                    .setAt(ProtoTime.of(added.at()))
                                    .build());
            case ContactEvent.Updated updated -> recorded(write(updated));
            case ContactEvent.Deleted deleted ->
                    recorded(
                            ContactDeleted.newBuilder()
                                    .setId(deleted.id())
                                    .setAt(ProtoTime.of(deleted.at()))
                                    .build());
        };
    }

    static ContactEvent read(RecordedEvent event) {
        try {
            String type = event.getType();
            if (type.equals(ADDED)) {
                ContactAdded added = ContactAdded.parseFrom(event.getData());
                return new ContactEvent.Added(
                        added.getId(),
                        added.getName(),
                        added.getEmail(),
                        added.getPhone(),
                        ProtoTime.toInstant(added.getAt()));
            }
            if (type.equals(UPDATED)) {
                ContactUpdated updated = ContactUpdated.parseFrom(event.getData());
                return new ContactEvent.Updated(
                        updated.getId(),
                        change(updated.hasName(), updated.getName()),
                        change(updated.hasEmail(), updated.getEmail()),
                        change(updated.hasPhone(), updated.getPhone()),
                        ProtoTime.toInstant(updated.getAt()));
            }
            if (type.equals(DELETED)) {
                ContactDeleted deleted = ContactDeleted.parseFrom(event.getData());
                return new ContactEvent.Deleted(
                        deleted.getId(), ProtoTime.toInstant(deleted.getAt()));
            }
            throw new IllegalStateException("'" + type + "' is not an event of a contact");
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    "a stored event of type '" + event.getType() + "' cannot be read", e);
        }
    }

    private static ContactUpdated write(ContactEvent.Updated event) {
        ContactUpdated.Builder updated =
                ContactUpdated.newBuilder().setId(event.id()).setAt(ProtoTime.of(event.at()));
        if (event.name() instanceof Change.To(String name)) {
            updated.setName(name);
        }
        if (event.email() instanceof Change.To(String email)) {
            updated.setEmail(email);
        }
        if (event.phone() instanceof Change.To(String phone)) {
            updated.setPhone(phone);
        }
        return updated.build();
    }

    private static Change change(boolean given, String value) {
        return given ? new Change.To(value) : new Change.Keep();
    }

    private static RecordedEvent recorded(Message event) {
        return RecordedEvent.newBuilder()
                .setType(event.getDescriptorForType().getFullName())
                .setData(event.toByteString())
                .build();
    }
}
