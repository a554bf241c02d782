package io.waybill.reader.history;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.reader.v1.GetHistoryResponse;
import io.waybill.proto.reader.v1.HistoryEvent;
import io.waybill.reader.cursor.Cursors;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The history of one aggregate, event by event. A cursor is a version.
 *
 * @param types how events are shown
 */
record Histories(EventTypes types, Cursors cursors) {

    static Histories of(EventTypes types, String aggregate, String id) {
        return new Histories(
                types, Cursors.of("history", ByteString.copyFromUtf8(aggregate + "/" + id)));
    }

    /** The version that a cursor stands for; 0 for none. */
    long after(String cursor) {
        if (cursor.isEmpty()) {
            return 0;
        }
        return cursors.place("after", cursor).asReadOnlyByteBuffer().getLong();
    }

    /**
     * The first events after a version.
     *
     * @param more whether there are commits beyond these
     */
    GetHistoryResponse page(List<Commit> commits, long after, int first, boolean more) {
        GetHistoryResponse.Builder page = GetHistoryResponse.newBuilder().setHasNextPage(more);
        for (Commit commit : commits) {
            long version = commit.getVersion() - commit.getEventsCount();
            for (RecordedEvent event : commit.getEventsList()) {
                version++;
                if (page.getEventsCount() == first) {
                    return page.setHasNextPage(true).build();
                }
                if (version > after) {
                    page.addEvents(shown(event, version, commit));
                }
            }
        }
        return page.build();
    }

    private HistoryEvent shown(RecordedEvent event, long version, Commit commit) {
        return HistoryEvent.newBuilder()
                .setCursor(cursor(version))
                .setVersion(version)
                .setPosition(commit.getPosition())
                .setName(types.name(event))
                .setType(event.getType())
                .setJson(json(event))
                .setAt(commit.getDecidedAt())
                .setCommandId(commit.getCommand().getCommandId())
                .setTopic(commit.getMetadata().getTopic())
                .setDoor(commit.getMetadata().getDoor())
                .build();
    }

    private String cursor(long version) {
        return cursors.at(
                ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(version).flip()));
    }

    private String json(RecordedEvent event) {
        try {
            return types.json(event);
        } catch (InvalidProtocolBufferException e) {
            throw new WaybillException(
                            ErrorCode.INTERNAL,
                            "an event of type %s cannot be read".formatted(event.getType()))
                    .causedBy(e);
        }
    }
}
