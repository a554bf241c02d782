package io.waybill.database.contact;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;

import io.waybill.database.projection.Index;
import io.waybill.database.projection.Projection;
import io.waybill.database.projection.Rows;
import io.waybill.database.projection.UnknownEventException;
import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactDeleted;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Contacts as they are now, by id, and in the order in which they were added. A deleted one has no
 * row.
 */
public final class ContactProjection implements Projection<ContactView> {

    /** The table, and the index by created position. */
    public static final String TABLE = "contact";

    public static final String BY_CREATED_POSITION = "created";

    private static final String STREAMS = "contact/";

    /** Where in the list the contacts that were added at a position or later begin. */
    public static ByteString listedFrom(long createdPosition) {
        return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(createdPosition).flip());
    }

    @Override
    public String name() {
        return TABLE;
    }

    @Override
    public Parser<ContactView> parser() {
        return ContactView.parser();
    }

    @Override
    public List<Index<ContactView>> indexes() {
        return List.of(
                new Index<>(
                        BY_CREATED_POSITION,
                        contact ->
                                listedFrom(contact.getCreatedPosition())
                                        .concat(contact.getIdBytes())));
    }

    @Override
    public void apply(Commit commit, Rows<ContactView> rows) throws UnknownEventException {
        if (!commit.getStream().startsWith(STREAMS)) {
            return;
        }
        long version = commit.getVersion() - commit.getEventsCount();
        for (RecordedEvent event : commit.getEventsList()) {
            version++;
            try {
                apply(event, version, commit, rows);
            } catch (InvalidProtocolBufferException e) {
                throw UnknownEventException.unreadable(event.getType(), commit, e);
            }
        }
    }

    private static void apply(
            RecordedEvent event, long version, Commit commit, Rows<ContactView> rows)
            throws UnknownEventException, InvalidProtocolBufferException {
        switch (event.getType()) {
            case "waybill.contact.v1.ContactAdded" ->
                    add(
                            ContactAdded.parseFrom(event.getData()),
                            version,
                            commit.getPosition(),
                            rows);
            case "waybill.contact.v1.ContactUpdated" ->
                    update(ContactUpdated.parseFrom(event.getData()), version, rows);
            case "waybill.contact.v1.ContactDeleted" ->
                    rows.delete(ContactDeleted.parseFrom(event.getData()).getIdBytes());
            default -> throw UnknownEventException.ofType(event.getType(), commit);
        }
    }

    private static void add(
            ContactAdded added, long version, long position, Rows<ContactView> rows) {
        ContactView.Builder contact =
                ContactView.newBuilder()
                        .setId(added.getId())
                        .setName(added.getName())
                        .setCreated(added.getAt())
                        .setLastUpdated(added.getAt())
                        .setVersion(version)
                        .setCreatedPosition(position);
        if (!added.getEmail().isEmpty()) {
            contact.setEmail(added.getEmail());
        }
        if (!added.getPhone().isEmpty()) {
            contact.setPhone(added.getPhone());
        }
        // An id begins once: its stream's first event. Nothing that was deleted comes back.
        if (version == 1) {
            rows.insert(added.getIdBytes(), contact.build());
        }
    }

    private static void update(ContactUpdated updated, long version, Rows<ContactView> rows) {
        Optional<ContactView> found = rows.find(updated.getIdBytes());
        if (found.isEmpty()) {
            return;
        }
        ContactView.Builder contact =
                found.get().toBuilder().setLastUpdated(updated.getAt()).setVersion(version);
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
        rows.put(updated.getIdBytes(), contact.build());
    }
}
