package io.waybill.writer.store;

import io.waybill.proto.eventstore.v1.StoreInfo;

import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Remembers, from one start to the next, which store a writer writes to: its id and how many
 * partitions it has. The incarnation is not remembered: a new one is taken at every start.
 */
public interface StoreMemory {

    /** The store, without its incarnation; empty before the first. */
    Optional<StoreInfo> remembered();

    /**
     * Remembers a store, for good when this returns.
     *
     * @throws UncheckedIOException when that cannot be done now; the message says why
     */
    void remember(StoreInfo store);

    /** One that forgets when the process ends. */
    static StoreMemory untilTheEnd() {
        return new StoreMemory() {

            private Optional<StoreInfo> kept = Optional.empty();

            @Override
            public Optional<StoreInfo> remembered() {
                return kept;
            }

            @Override
            public void remember(StoreInfo store) {
                kept = Optional.of(store.toBuilder().clearIncarnation().build());
            }
        };
    }
}
