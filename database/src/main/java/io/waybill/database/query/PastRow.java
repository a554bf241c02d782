package io.waybill.database.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.engine.EventLog;
import io.waybill.database.engine.PageLimit;
import io.waybill.database.projection.AggregateProjection;
import io.waybill.database.projection.Rows;
import io.waybill.database.projection.UnknownEventException;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A row as it was: what the events of its stream up to some point make of nothing, by the same
 * projection that made the row as it is. {@link #row} is for one thread, {@link #abandon} for any.
 */
final class PastRow {

    private static final PageLimit PAGE = new PageLimit(500, 512 << 10);

    private final AggregateProjection<?> projection;
    private final EventLog log;
    private final String stream;
    private final Point point;
    private volatile boolean abandoned;

    /** Up to where the stream counts. */
    private sealed interface Point {

        /** The part of a commit that counts; empty when nothing does from here on. */
        Optional<Commit> of(Commit commit);

        /** Whether what was found is what was asked for. */
        boolean reached(long version);
    }

    /** A point that may lie within a commit. */
    private record Version(long wanted) implements Point {

        @Override
        public Optional<Commit> of(Commit commit) {
            long excess = commit.getVersion() - wanted;
            if (excess <= 0) {
                return Optional.of(commit);
            }
            long kept = commit.getEventsCount() - excess;
            return kept <= 0
                    ? Optional.empty()
                    : Optional.of(
                            commit.toBuilder()
                                    .setVersion(wanted)
                                    .clearEvents()
                                    .addAllEvents(commit.getEventsList().subList(0, (int) kept))
                                    .clearTimersSet()
                                    .clearTimersCleared()
                                    .build());
        }

        @Override
        public boolean reached(long version) {
            return version == wanted;
        }
    }

    /**
     * A time as clients know it: what they read of when something happened is cut to microseconds,
     * and asking for such a time finds what happened then.
     */
    private record Time(Timestamp wanted) implements Point {

        @Override
        public Optional<Commit> of(Commit commit) {
            return Timestamps.compare(toMicros(commit.getDecidedAt()), wanted) <= 0
                    ? Optional.of(commit)
                    : Optional.empty();
        }

        private static Timestamp toMicros(Timestamp time) {
            return time.toBuilder().setNanos(time.getNanos() / 1_000 * 1_000).build();
        }

        @Override
        public boolean reached(long version) {
            return true;
        }
    }

    private PastRow(AggregateProjection<?> projection, EventLog log, String stream, Point point) {
        this.projection = projection;
        this.log = log;
        this.stream = stream;
        this.point = point;
    }

    /** After so many events; there is none when the stream has fewer. */
    static PastRow atVersion(
            AggregateProjection<?> projection, EventLog log, String stream, long version) {
        return new PastRow(projection, log, stream, new Version(version));
    }

    /** After the last commit before the first that was decided later. */
    static PastRow atTime(
            AggregateProjection<?> projection, EventLog log, String stream, Timestamp time) {
        return new PastRow(projection, log, stream, new Time(time));
    }

    /** Nobody waits for it any more: it ends soon. */
    void abandon() {
        abandoned = true;
    }

    /**
     * Reads the stream and makes the row; empty when there was none.
     *
     * @throws CancellationException when it is abandoned
     */
    Optional<ByteString> row() {
        try {
            return folded(projection);
        } catch (UnknownEventException e) {
            throw new WaybillException(ErrorCode.UNAVAILABLE, String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private <V extends Message> Optional<ByteString> folded(AggregateProjection<V> projected)
            throws UnknownEventException {
        Rows<V> rows = Rows.fromNothing(projected);
        long read = 0;
        long version = 0;
        boolean ended = false;
        List<Commit> page = log.readStream(stream, read, PAGE);
        while (!page.isEmpty() && !ended) {
            for (Commit commit : page) {
                Optional<Commit> counted = point.of(commit);
                if (counted.isEmpty()) {
                    ended = true;
                    break;
                }
                projected.apply(counted.get(), rows);
                version = counted.get().getVersion();
                read = commit.getVersion();
            }
            if (abandoned) {
                throw new CancellationException("the caller has left");
            }
            page = ended ? page : log.readStream(stream, read, PAGE);
        }
        String id = stream.substring(stream.indexOf('/') + 1);
        return point.reached(version)
                ? rows.find(ByteString.copyFromUtf8(id)).map(MessageLite::toByteString)
                : Optional.empty();
    }
}
