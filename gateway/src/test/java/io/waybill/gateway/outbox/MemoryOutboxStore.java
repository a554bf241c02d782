package io.waybill.gateway.outbox;

import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An outbox store in memory, on a loop, for tests and simulations: takes its time, loses removals
 * in a crash, and fails when it is told to.
 */
public final class MemoryOutboxStore implements OutboxStore {

    private final EventLoop loop;
    private final Disk disk;
    private final Duration perWrite;
    private boolean open;
    private boolean closed;

    /** What outlives the process: hand the same one to the store of the next. */
    public static final class Disk {

        private final TreeMap<Long, OutboxEntry> synced = new TreeMap<>();
        private final List<Consumer<Map<Long, OutboxEntry>>> unsynced = new ArrayList<>();
        private TreeMap<Long, OutboxEntry> seen = new TreeMap<>();
        private @Nullable StoreInfo store;
        private @Nullable Trouble trouble;
        private int openings;

        /**
         * Makes the next write go wrong. A full disk stays full, and one that cannot be opened
         * closed, until it is healed.
         */
        public void next(Trouble next) {
            trouble = next;
        }

        /** All is well again. */
        public void heal() {
            trouble = null;
        }

        /** What was not synced is gone. */
        public void crash() {
            unsynced.clear();
            seen = new TreeMap<>(synced);
        }

        private void change(Consumer<Map<Long, OutboxEntry>> change) {
            change.accept(seen);
            unsynced.add(change);
        }

        private void sync() {
            unsynced.forEach(change -> change.accept(synced));
            unsynced.clear();
        }

        /** How often it was tried to open it. */
        public int openings() {
            return openings;
        }

        /** The store that was remembered. */
        public Optional<StoreInfo> store() {
            return Optional.ofNullable(store);
        }

        /** What is on it, by sequence. */
        public Map<Long, OutboxEntry> contents() {
            return new TreeMap<>(seen);
        }
    }

    /** What goes wrong with a write. */
    public enum Trouble {
        /** It fails, and is there all the same. */
        FAILS_BUT_IS_KEPT,
        /** It fails, and is not there. */
        FAILS,
        /** The disk is full: a write of commands is refused. */
        NO_ROOM,
        /** It cannot be opened. */
        CANNOT_BE_OPENED
    }

    /**
     * A store on a disk.
     *
     * @param perWrite how long each write takes
     */
    public MemoryOutboxStore(EventLoop loop, Disk disk, Duration perWrite) {
        this.loop = loop;
        this.disk = disk;
        this.perWrite = perWrite;
    }

    @Override
    public CompletableFuture<Contents> open() {
        CompletableFuture<Contents> result = new CompletableFuture<>();
        later(
                () -> {
                    open = false;
                    disk.openings++;
                    if (disk.trouble == Trouble.CANNOT_BE_OPENED) {
                        result.completeExceptionally(new IOException("the disk cannot be opened"));
                        return;
                    }
                    open = true;
                    List<Stored> entries =
                            disk.seen.entrySet().stream()
                                    .map(entry -> new Stored(entry.getKey(), entry.getValue()))
                                    .toList();
                    result.complete(new Contents(Optional.ofNullable(disk.store), entries));
                });
        return result;
    }

    @Override
    public CompletableFuture<Void> put(List<Stored> entries) {
        return write(
                true,
                contents ->
                        entries.forEach(stored -> contents.put(stored.sequence(), stored.entry())));
    }

    @Override
    public CompletableFuture<Void> remove(List<Long> sequences) {
        return write(false, contents -> sequences.forEach(contents::remove));
    }

    @Override
    public CompletableFuture<Void> remember(StoreInfo store) {
        return write(
                true,
                contents -> {
                    disk.store = store;
                });
    }

    private CompletableFuture<Void> write(boolean sync, Consumer<Map<Long, OutboxEntry>> change) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        later(
                () -> {
                    Trouble trouble = disk.trouble;
                    if (!open || closed) {
                        result.completeExceptionally(new IOException("the disk is not open"));
                        return;
                    }
                    if (trouble == Trouble.NO_ROOM && sync) {
                        result.completeExceptionally(new NoRoom("the disk is full"));
                        return;
                    }
                    if (trouble != Trouble.FAILS) {
                        disk.change(change);
                    }
                    if (sync) {
                        disk.sync();
                    }
                    if (trouble == Trouble.FAILS || trouble == Trouble.FAILS_BUT_IS_KEPT) {
                        disk.trouble = null;
                        open = false;
                        result.completeExceptionally(new IOException("the disk failed"));
                    } else {
                        result.complete(null);
                    }
                });
        return result;
    }

    private void later(Runnable work) {
        EventLoop.Timer _ = loop.schedule(perWrite, work);
    }

    @Override
    public void close() {
        closed = true;
    }
}
