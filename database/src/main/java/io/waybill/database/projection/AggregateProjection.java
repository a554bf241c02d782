package io.waybill.database.projection;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import io.waybill.proto.eventstore.v1.Commit;

/** A read model of what happens to one kind of aggregate, and of nothing else. */
public interface AggregateProjection<V extends Message> extends Projection<V> {

    /** The kind, as it stands in the names of streams: {@code contact}. */
    String aggregate();

    /**
     * Changes the rows as one event says.
     *
     * @throws UnknownEventException when it is not known
     * @throws InvalidProtocolBufferException when it cannot be read
     */
    void apply(Happening event, Rows<V> rows)
            throws UnknownEventException, InvalidProtocolBufferException;

    /** Changes the rows as the rest of a commit says, once its events are applied. */
    default void settle(Commit commit, String id, Rows<V> rows) {}

    @Override
    default void apply(Commit commit, Rows<V> rows) throws UnknownEventException {
        String stream = commit.getStream();
        int kind = aggregate().length();
        if (!stream.startsWith(aggregate()) || stream.indexOf('/') != kind) {
            return;
        }
        String id = stream.substring(kind + 1);
        long version = commit.getVersion() - commit.getEventsCount();
        for (var event : commit.getEventsList()) {
            version++;
            try {
                apply(new Happening(id, version, event, commit), rows);
            } catch (InvalidProtocolBufferException e) {
                throw UnknownEventException.unreadable(event.getType(), commit, e);
            }
        }
        settle(commit, id, rows);
    }
}
