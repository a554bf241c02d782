package io.waybill.database.engine.rocks;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * Keeps the database of one folder open, and opens it anew after a failed write. Reads and writes
 * hold the read lock while they use it, closing and opening the write lock. While it cannot be
 * opened everything fails with UNAVAILABLE, and each call that comes later than {@link #REST} after
 * the last try tries again.
 */
final class RocksStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RocksStore.class);
    private static final Duration REST = Duration.ofMillis(500);

    private final Path folder;
    private final Disk disk;
    private final String storeId;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile @Nullable OpenStore open;
    private long lastTry;
    private boolean closed;

    /**
     * Opens the database.
     *
     * @throws UncheckedIOException when the folder cannot be used, or another process uses it; the
     *     message names it
     */
    RocksStore(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
        try {
            OpenStore first = OpenStore.open(folder, disk);
            open = first;
            storeId = first.info().getStoreId();
        } catch (RocksDBException | RocksFault | IllegalStateException e) {
            throw new UncheckedIOException(new IOException(whyNot(e), e));
        }
    }

    Path folder() {
        return folder;
    }

    /** Uses the database to read. */
    <T> T read(Function<OpenStore, T> reading) {
        makeSureItIsOpen();
        lock.readLock().lock();
        try {
            return reading.apply(opened());
        } catch (RocksFault e) {
            throw unavailable("cannot be read", e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Uses the database to write; when that fails it is closed and opened again before this
     * returns.
     */
    <T> T write(Function<OpenStore, T> writing) {
        makeSureItIsOpen();
        RocksFault fault;
        lock.readLock().lock();
        try {
            OpenStore store = opened();
            if (!store.failed()) {
                return writing.apply(store);
            }
            throw unavailable("is being opened again", null);
        } catch (RocksFault e) {
            fault = e;
        } finally {
            lock.readLock().unlock();
        }
        LOG.warn(
                "a write to the store in {} failed; the store is closed and opened again before the next: {}",
                folder,
                Reason.of(fault));
        makeSureItIsOpen();
        throw unavailable("could not be written", fault);
    }

    private OpenStore opened() {
        OpenStore now = open;
        if (now == null) {
            throw unavailable("is closed", null);
        }
        return now;
    }

    private void makeSureItIsOpen() {
        OpenStore now = open;
        if (now != null && !now.failed()) {
            return;
        }
        lock.writeLock().lock();
        try {
            OpenStore found = open;
            if (closed || (found != null && !found.failed())) {
                return;
            }
            if (found != null) {
                open = null;
                found.close();
            } else if (System.nanoTime() - lastTry < REST.toNanos()) {
                return;
            }
            openAgain();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void openAgain() {
        try {
            OpenStore again = OpenStore.open(folder, disk);
            if (again.info().getStoreId().equals(storeId)) {
                open = again;
                LOG.info(
                        "the store in {} is open again, its log ends at position {}",
                        folder,
                        again.end());
            } else {
                again.close();
                LOG.error(
                        "the folder {} holds another store than when the database started;"
                                + " nothing is read or written until the old one is back",
                        folder);
            }
        } catch (RocksDBException | RocksFault | IllegalStateException e) {
            LOG.warn("{}; the next call tries again", whyNot(e));
        }
        lastTry = System.nanoTime();
    }

    private WaybillException unavailable(String what, @Nullable Throwable cause) {
        WaybillException failure =
                new WaybillException(
                                ErrorCode.UNAVAILABLE, "the store in %s %s".formatted(folder, what))
                        .retryAfter(REST);
        return cause == null ? failure : failure.causedBy(cause);
    }

    private String whyNot(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("/LOCK") || message.contains("lock hold")) {
            return Files.isWritable(folder)
                    ? "the data folder %s is in use by another process".formatted(folder)
                    : "the data folder %s cannot be written".formatted(folder);
        }
        return "the data folder %s cannot be opened: %s".formatted(folder, message);
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            OpenStore last = open;
            open = null;
            if (last != null) {
                last.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
