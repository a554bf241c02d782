package io.waybill.reader.history;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.reader.v1.GetHistoryResponse;
import io.waybill.proto.reader.v1.HistoryEvent;
import io.waybill.reader.cursor.Cursors;
import io.waybill.reader.view.Portion;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
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

    /** The version that the cursor of a part stands for; 0 for none. */
    long beyond(Portion portion) {
        return portion.cursor().isEmpty()
                ? 0
                : cursors.place(portion.field(), portion.cursor()).asReadOnlyByteBuffer().getLong();
    }

    /**
     * A part of the history.
     *
     * @param commits in the direction in which they are read
     * @param more whether there are commits beyond these
     * @param backwards whether they are read from the last to the first
     * @param beyond the version that the part goes on beyond; 0 for none
     */
    GetHistoryResponse page(
            List<Commit> commits, boolean more, boolean backwards, long beyond, Portion portion) {
        List<HistoryEvent> events = new ArrayList<>();
        for (Commit commit : commits) {
            List<HistoryEvent> own = shown(commit);
            for (HistoryEvent event : backwards ? own.reversed() : own) {
                if (isBeyond(event.getVersion(), beyond, backwards)) {
                    if (events.size() == portion.size()) {
                        return page(events, true, beyond, portion);
                    }
                    events.add(event);
                }
            }
        }
        return page(events, more, beyond, portion);
    }

    private static boolean isBeyond(long version, long beyond, boolean backwards) {
        return beyond == 0 || (backwards ? version < beyond : version > beyond);
    }

    private static GetHistoryResponse page(
            List<HistoryEvent> events, boolean more, long beyond, Portion portion) {
        boolean behind = beyond > 0;
        return GetHistoryResponse.newBuilder()
                .addAllEvents(portion.fromEnd() ? events.reversed() : events)
                .setHasNextPage(portion.fromEnd() ? behind : more)
                .setHasPreviousPage(portion.fromEnd() ? more : behind)
                .build();
    }

    private List<HistoryEvent> shown(Commit commit) {
        List<HistoryEvent> events = new ArrayList<>(commit.getEventsCount());
        long version = commit.getVersion() - commit.getEventsCount();
        for (RecordedEvent event : commit.getEventsList()) {
            version++;
            events.add(shown(event, version, commit));
        }
        return events;
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
