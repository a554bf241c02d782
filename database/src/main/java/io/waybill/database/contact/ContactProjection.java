package io.waybill.database.contact;

import static io.waybill.database.projection.Part.folded;
import static io.waybill.database.projection.Part.number;
import static io.waybill.database.projection.Part.time;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;

import io.waybill.database.projection.AggregateProjection;
import io.waybill.database.projection.Happening;
import io.waybill.database.projection.Index;
import io.waybill.database.projection.Rows;
import io.waybill.database.projection.UnknownEventException;
import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactDisabled;
import io.waybill.proto.contact.v1.ContactEnabled;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.proto.contact.v1.ContactView;

import java.util.List;
import java.util.function.UnaryOperator;

/** Contacts as they are now, by id. A deleted one has no row. */
public final class ContactProjection implements AggregateProjection<ContactView> {

    public static final String NAME = "contact";

    /** In the order in which they were added. */
    public static final Index<ContactView> BY_CREATED =
            Index.ofRows("created", number(ContactView::getCreatedPosition));

    private static final List<Index<ContactView>> INDEXES =
            List.of(
                    BY_CREATED,
                    Index.of(
                            "name",
                            folded(ContactView::getName),
                            number(ContactView::getCreatedPosition)),
                    Index.of(
                                    "email",
                                    folded(ContactView::getEmail),
                                    number(ContactView::getCreatedPosition))
                            .when(ContactView::hasEmail),
                    Index.of(
                            "updated",
                            time(ContactView::getLastUpdated),
                            number(ContactView::getCreatedPosition)));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String table() {
        return "contact-2";
    }

    @Override
    public String aggregate() {
        return "contact";
    }

    @Override
    public Parser<ContactView> parser() {
        return ContactView.parser();
    }

    @Override
    public List<Index<ContactView>> indexes() {
        return INDEXES;
    }

    @Override
    public void apply(Happening event, Rows<ContactView> rows)
            throws UnknownEventException, InvalidProtocolBufferException {
        switch (event.type()) {
            case "waybill.contact.v1.ContactAdded" ->
                    add(ContactAdded.parseFrom(event.data()), event, rows);
            case "waybill.contact.v1.ContactUpdated" -> {
                ContactUpdated updated = ContactUpdated.parseFrom(event.data());
                change(event, updated.getAt(), rows, contact -> update(contact, updated));
            }
            case "waybill.contact.v1.ContactEnabled" ->
                    change(
                            event,
                            ContactEnabled.parseFrom(event.data()).getAt(),
                            rows,
                            ContactView.Builder::clearDisabled);
            case "waybill.contact.v1.ContactDisabled" ->
                    change(
                            event,
                            ContactDisabled.parseFrom(event.data()).getAt(),
                            rows,
                            contact -> contact.setDisabled(true));
            case "waybill.contact.v1.ContactDeleted" -> rows.delete(event.key());
            default -> throw event.unknown();
        }
    }

    private static void add(ContactAdded added, Happening event, Rows<ContactView> rows) {
        ContactView.Builder contact =
                ContactView.newBuilder()
                        .setId(added.getId())
                        .setName(added.getName())
                        .setCreated(added.getAt())
                        .setLastUpdated(added.getAt())
                        .setVersion(event.version())
                        .setCreatedPosition(event.position());
        if (!added.getEmail().isEmpty()) {
            contact.setEmail(added.getEmail());
        }
        if (!added.getPhone().isEmpty()) {
            contact.setPhone(added.getPhone());
        }
        // Nothing that was deleted comes back.
        if (event.isFirst()) {
            rows.insert(event.key(), contact.build());
        }
    }

    /** Changes a contact that is there. */
    private static void change(
            Happening event,
            Timestamp at,
            Rows<ContactView> rows,
            UnaryOperator<ContactView.Builder> change) {
        rows.find(event.key())
                .map(ContactView::toBuilder)
                .map(change)
                .map(contact -> contact.setLastUpdated(at).setVersion(event.version()))
                .ifPresent(contact -> rows.put(event.key(), contact.build()));
    }

    private static ContactView.Builder update(ContactView.Builder contact, ContactUpdated updated) {
        if (updated.hasName()) {
            contact.setName(updated.getName());
        }
        if (updated.hasEmail()) {
            contact.setEmail(updated.getEmail());
            if (updated.getEmail().isEmpty()) {
                contact.clearEmail();
            }
        }
        if (updated.hasPhone()) {
            contact.setPhone(updated.getPhone());
            if (updated.getPhone().isEmpty()) {
                contact.clearPhone();
            }
        }
        return contact;
    }
}
