package io.waybill.database.projection;

import com.google.protobuf.ByteString;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;

/**
 * One event where it happened.
 *
 * @param id of the aggregate
 * @param version the aggregate's after it
 */
public record Happening(String id, long version, RecordedEvent event, Commit commit) {

    /** The full name of the event's message. */
    public String type() {
        return event.getType();
    }

    public ByteString data() {
        return event.getData();
    }

    /** The key of the aggregate's own row. */
    public ByteString key() {
        return ByteString.copyFromUtf8(id);
    }

    public long position() {
        return commit.getPosition();
    }

    /** Whether the aggregate begins with it. An id begins once. */
    public boolean isFirst() {
        return version == 1;
    }

    public UnknownEventException unknown() {
        return UnknownEventException.ofType(type(), commit);
    }

    /** It is about what is not there: the stream is not as it should be. */
    public UnknownEventException outOfPlace() {
        return UnknownEventException.outOfPlace(type(), commit);
    }
}
