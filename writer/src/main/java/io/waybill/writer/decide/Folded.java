package io.waybill.writer.decide;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.eventstore.v1.Snapshot;

import java.util.List;
import java.util.Optional;

/**
 * An aggregate folded up to a version of its stream. Immutable.
 *
 * @param version the number of events folded
 */
public record Folded<S>(AggregateType<S> type, S state, long version) {

    private static final Folded<?> NONE = initial(new NoAggregate());

    /** An aggregate without events. */
    public static <S> Folded<S> initial(AggregateType<S> type) {
        return new Folded<>(type, type.initial(), 0);
    }

    /** What stands in for an aggregate where a command names none. */
    public static Folded<?> none() {
        return NONE;
    }

    /** Whether there is no aggregate. */
    public boolean isNone() {
        return type instanceof NoAggregate;
    }

    /** What it counts for in a cache: itself and its entries. */
    int size() {
        return 1 + type.entries(state);
    }

    /** The aggregate after more events. */
    public Folded<S> after(List<RecordedEvent> events) {
        S next = state;
        for (RecordedEvent event : events) {
            next = type.evolve(next, event);
        }
        return new Folded<>(type, next, version + events.size());
    }

    /** The schema of the snapshots that it can be read from; empty when it has none. */
    String snapshotSchema() {
        return type.snapshots().map(Snapshots::schema).orElse("");
    }

    /** The aggregate as a snapshot has it; empty when it cannot be read. */
    Optional<Folded<S>> from(Snapshot snapshot) {
        try {
            return Optional.of(
                    new Folded<>(
                            type,
                            type.snapshots().orElseThrow().read(snapshot.getState()),
                            snapshot.getVersion()));
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The aggregate as a snapshot, if its kind has any. */
    Optional<Snapshot> snapshot(String stream) {
        return type.snapshots()
                .map(
                        snapshots ->
                                Snapshot.newBuilder()
                                        .setStream(stream)
                                        .setVersion(version)
                                        .setSchema(snapshots.schema())
                                        .setState(snapshots.write(state))
                                        .build());
    }

    /** What comes of a command now. */
    Decision decide(Asked asked) {
        return type.decide(asked, state);
    }

    private record NoAggregate() implements AggregateType<NoAggregate> {

        @Override
        public String name() {
            return "command";
        }

        @Override
        public NoAggregate initial() {
            return this;
        }

        @Override
        public NoAggregate evolve(NoAggregate state, RecordedEvent event) {
            throw new IllegalStateException("a command's own stream has no events");
        }

        @Override
        public Decision decide(Asked asked, NoAggregate state) {
            throw new IllegalStateException("a command that names no aggregate has no decision");
        }
    }
}
