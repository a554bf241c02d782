package io.waybill.writer.codec;

import com.google.protobuf.Message;

import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactDeleted;
import io.waybill.proto.contact.v1.ContactDisabled;
import io.waybill.proto.contact.v1.ContactEnabled;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.writer.contact.ContactEvent;
import io.waybill.writer.contact.ContactEvent.Added;
import io.waybill.writer.contact.ContactEvent.Deleted;
import io.waybill.writer.contact.ContactEvent.Disabled;
import io.waybill.writer.contact.ContactEvent.Enabled;
import io.waybill.writer.contact.ContactEvent.Updated;
import io.waybill.writer.domain.Change;
import io.waybill.writer.time.ProtoTime;

/** What happened to contacts, as it is stored. */
final class ContactEvents {

    static final StoredEvents<ContactEvent> STORED =
            StoredEvents.<ContactEvent>of("a contact")
                    .and(
                            ContactAdded.getDefaultInstance(),
                            added ->
                                    new Added(
                                            added.getId(),
                                            added.getName(),
                                            added.getEmail(),
                                            added.getPhone(),
                                            ProtoTime.toInstant(added.getAt())))
                    .and(
                            ContactUpdated.getDefaultInstance(),
                            updated ->
                                    new Updated(
                                            updated.getId(),
                                            Change.given(updated.hasName(), updated::getName),
                                            Change.given(updated.hasEmail(), updated::getEmail),
                                            Change.given(updated.hasPhone(), updated::getPhone),
                                            ProtoTime.toInstant(updated.getAt())))
                    .and(
                            ContactDeleted.getDefaultInstance(),
                            deleted ->
                                    new Deleted(
                                            deleted.getId(), ProtoTime.toInstant(deleted.getAt())))
                    .and(
                            ContactEnabled.getDefaultInstance(),
                            enabled ->
                                    new Enabled(
                                            enabled.getId(), ProtoTime.toInstant(enabled.getAt())))
                    .and(
                            ContactDisabled.getDefaultInstance(),
                            disabled ->
                                    new Disabled(
                                            disabled.getId(),
                                            ProtoTime.toInstant(disabled.getAt())));

    private ContactEvents() {}

    static Message write(ContactEvent event) {
        return switch (event) {
            case Added added ->
                    ContactAdded.newBuilder()
                            .setId(added.id())
                            .setName(added.name())
                            .setEmail(added.email())
                            .setPhone(added.phone())
                            .setAt(ProtoTime.of(added.at()))
                            .build();
            case Updated updated -> write(updated);
            case Deleted deleted ->
                    ContactDeleted.newBuilder()
                            .setId(deleted.id())
                            .setAt(ProtoTime.of(deleted.at()))
                            .build();
            case Enabled enabled ->
                    ContactEnabled.newBuilder()
                            .setId(enabled.id())
                            .setAt(ProtoTime.of(enabled.at()))
                            .build();
            case Disabled disabled ->
                    ContactDisabled.newBuilder()
                            .setId(disabled.id())
                            .setAt(ProtoTime.of(disabled.at()))
                            .build();
        };
    }

    private static ContactUpdated write(Updated event) {
        ContactUpdated.Builder updated =
                ContactUpdated.newBuilder().setId(event.id()).setAt(ProtoTime.of(event.at()));
        if (event.name() instanceof Change.To<String>(String name)) {
            updated.setName(name);
        }
        if (event.email() instanceof Change.To<String>(String email)) {
            updated.setEmail(email);
        }
        if (event.phone() instanceof Change.To<String>(String phone)) {
            updated.setPhone(phone);
        }
        return updated.build();
    }
}
