package io.waybill.writer.decide;

import io.waybill.proto.eventstore.v1.RecordedEvent;

import java.util.Optional;

/**
 * One kind of aggregate, as the pipeline sees it: how its events fold into a state and how its
 * commands are decided on one. Pure: what it throws counts as a failure of the command at hand.
 *
 * @param <S> the aggregate's state
 */
public interface AggregateType<S> {

    /** Its name in stream names and in the catalogue: {@code contact}. */
    String name();

    /** The state before the first event. */
    S initial();

    /** The state after an event. */
    S evolve(S state, RecordedEvent event);

    /** What comes of a command. */
    Decision decide(Asked asked, S state);

    /**
     * How many entries a state has of which there may be many: the items of an order, say. What it
     * takes of memory grows with them.
     */
    default int entries(S state) {
        return 0;
    }

    /** How its states are kept, when its streams may become long. */
    default Optional<Snapshots<S>> snapshots() {
        return Optional.empty();
    }
}
