package io.waybill.gateway.outbox;

import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.outbox.v1.OutboxEntry;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where an outbox keeps its commands. Nothing here blocks; things are done, and futures complete,
 * in the order asked.
 *
 * <p>After anything but {@link NoRoom} has failed, nothing is known of what was asked and not
 * answered: all further writes fail until {@link #open()} has been called, which reads what is
 * really there.
 */
public interface OutboxStore extends AutoCloseable {

    /** One command as it is kept. Sequences give the order in which commands were accepted. */
    record Stored(long sequence, OutboxEntry entry) {}

    /**
     * All that is kept.
     *
     * @param store the store that the commands are for, once it was remembered
     * @param entries by ascending sequence
     */
    record Contents(Optional<StoreInfo> store, List<Stored> entries) {}

    /** Opens the store, after closing it if it was open, and reads it. */
    CompletableFuture<Contents> open();

    /**
     * Writes commands: all of them are on disk when the future completes. When it fails with {@link
     * NoRoom} none is; when it fails otherwise, each may be or not.
     */
    CompletableFuture<Void> put(List<Stored> entries);

    /** Takes commands out, in time: they may be back after a crash. */
    CompletableFuture<Void> remove(List<Long> sequences);

    /** Keeps which store the commands are for: on disk when the future completes. */
    CompletableFuture<Void> remember(StoreInfo store);

    /** Finishes what was asked for, and closes. May be called more than once. */
    @Override
    void close();

    /** The disk is nearly full: nothing was written, and the store is as it was. */
    final class NoRoom extends Exception {

        private static final long serialVersionUID = 1L;

        /** Says how much there is and how much there should be. */
        public NoRoom(String sentence) {
            super(sentence);
        }
    }
}
