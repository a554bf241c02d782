package io.waybill.gateway.outbox;

import io.waybill.gateway.outbox.RocksFolder.Step;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.files.DiskSpace;
import io.waybill.wire.files.PrivateFiles;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An outbox store in a RocksDB folder, worked by one thread of its own. All that waits goes into
 * one write, which is synced when there is more in it than removals.
 */
public final class RocksOutboxStore implements OutboxStore {

    private static final Logger LOG = LoggerFactory.getLogger(RocksOutboxStore.class);

    private static final int MOST_IN_ONE_WRITE = 1_000;

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final Path folder;
    private final long leastFreeBytes;
    private final RocksFolder.Writing writing;
    private final Thread thread;
    private @Nullable RocksFolder opened;

    private sealed interface Request {

        record Open(CompletableFuture<Contents> result) implements Request {}

        /** Grows: takes room on the disk, and may be refused for want of it. */
        record Write(Step step, boolean sync, boolean grows, CompletableFuture<Void> result)
                implements Request {}

        record Close() implements Request {}
    }

    /**
     * A store in a folder, which {@link #open()} makes if it is missing.
     *
     * @param leastFreeBytes no command is written while the disk has less than that left
     */
    public RocksOutboxStore(Path folder, long leastFreeBytes) {
        this(folder, leastFreeBytes, RocksDB::write);
    }

    /** With another way to write, so that writes can be made to fail. */
    RocksOutboxStore(Path folder, long leastFreeBytes, RocksFolder.Writing writing) {
        this.folder = folder;
        this.leastFreeBytes = leastFreeBytes;
        this.writing = writing;
        this.thread = Thread.ofPlatform().name("outbox-disk").daemon().start(this::work);
    }

    @Override
    public CompletableFuture<Contents> open() {
        CompletableFuture<Contents> result = new CompletableFuture<>();
        requests.add(new Request.Open(result));
        return result;
    }

    @Override
    public CompletableFuture<Void> put(List<Stored> entries) {
        return write(
                (rocks, batch) -> {
                    for (Stored stored : entries) {
                        rocks.put(batch, stored);
                    }
                },
                true,
                true);
    }

    @Override
    public CompletableFuture<Void> remove(List<Long> sequences) {
        return write(
                (rocks, batch) -> {
                    for (long sequence : sequences) {
                        rocks.remove(batch, sequence);
                    }
                },
                false,
                false);
    }

    @Override
    public CompletableFuture<Void> remember(StoreInfo store) {
        return write((rocks, batch) -> rocks.remember(batch, store), true, false);
    }

    private CompletableFuture<Void> write(Step step, boolean sync, boolean grows) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        requests.add(new Request.Write(step, sync, grows, result));
        return result;
    }

    @Override
    public void close() {
        requests.add(new Request.Close());
        try {
            thread.join(5_000);
            if (thread.isAlive()) {
                LOG.warn("the disk of the outbox in {} did not answer within 5 s", folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        List<Request> taken = new ArrayList<>();
        List<Request.Write> together = new ArrayList<>();
        while (true) {
            try {
                taken.add(requests.take());
            } catch (InterruptedException e) {
                LOG.warn("the outbox's disk thread was interrupted; it goes on", e);
                continue;
            }
            requests.drainTo(taken, MOST_IN_ONE_WRITE - 1);
            for (Request request : taken) {
                switch (request) {
                    case Request.Write write -> together.add(write);
                    case Request.Open open -> {
                        writeAll(together);
                        open(open.result());
                    }
                    case Request.Close close -> {
                        writeAll(together);
                        closeFolder();
                        return;
                    }
                }
            }
            writeAll(together);
            taken.clear();
        }
    }

    private void open(CompletableFuture<Contents> result) {
        closeFolder();
        Contents contents;
        try {
            PrivateFiles.makeFolder(folder);
            RocksFolder rocks = new RocksFolder(folder, writing);
            opened = rocks;
            contents = rocks.read();
        } catch (RocksDBException | IOException | RuntimeException e) {
            closeFolder();
            String sentence =
                    "the outbox in %s cannot be opened: %s".formatted(folder, e.getMessage());
            result.completeExceptionally(new UncheckedIOException(new IOException(sentence, e)));
            return;
        }
        result.complete(contents);
    }

    private void closeFolder() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    /** One write for all; empties the list. */
    private void writeAll(List<Request.Write> together) {
        NoRoom noRoom = together.stream().anyMatch(Request.Write::grows) ? noRoom() : null;
        if (noRoom != null) {
            together.removeIf(
                    write -> write.grows() && write.result().completeExceptionally(noRoom));
        }
        if (together.isEmpty()) {
            return;
        }
        List<Request.Write> writes = List.copyOf(together);
        together.clear();
        RocksFolder rocks = opened;
        if (rocks == null) {
            fail(writes, new IOException("the outbox in %s is not open".formatted(folder)));
            return;
        }
        try {
            rocks.write(
                    writes.stream().map(Request.Write::step).toList(),
                    writes.stream().anyMatch(Request.Write::sync));
        } catch (RocksDBException | RuntimeException e) {
            closeFolder();
            fail(writes, e);
            return;
        }
        writes.forEach(write -> write.result().complete(null));
    }

    private static void fail(List<Request.Write> writes, Exception failure) {
        writes.forEach(write -> write.result().completeExceptionally(failure));
    }

    /**
     * How full the disk is, when that is worth a warning. Safe for use by many threads.
     *
     * @return a sentence
     */
    public Optional<String> warning() {
        return room().flatMap(DiskSpace::warning);
    }

    private @Nullable NoRoom noRoom() {
        return room().filter(DiskSpace::isUsedUp)
                .map(room -> new NoRoom(room.refusal()))
                .orElse(null);
    }

    private Optional<DiskSpace> room() {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            return Optional.of(new DiskSpace(folder, free, leastFreeBytes));
        } catch (IOException e) {
            LOG.debug("it cannot be found out how full the disk of {} is", folder, e);
            return Optional.empty();
        }
    }
}
