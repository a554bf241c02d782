package io.waybill.broker.access;

import java.io.UncheckedIOException;
import java.util.function.LongSupplier;

/**
 * Whether the disk has room for what clients send. HiveMQ does not recover from a disk that is
 * full, so what it keeps for roles must never fill it. Looks ten times a second at most. Safe for
 * use by many threads.
 */
final class DiskRoom {

    /** With less than this free, clients are refused. */
    static final long LOW_WATER_BYTES = 256L << 20;

    private static final long LOOK_AGAIN_NANOS = 100_000_000;

    private final LongSupplier freeBytes;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private long lookedAt;
    private boolean looked;
    private boolean scarce;

    /**
     * Room on one disk.
     *
     * @param freeBytes how many bytes may still be written; fails with {@link UncheckedIOException}
     *     when that cannot be told
     */
    DiskRoom(LongSupplier freeBytes, LongSupplier nanoTime) {
        this.freeBytes = freeBytes;
        this.nanoTime = nanoTime;
    }

    /** Whether nothing more of clients may be stored now. A disk that cannot tell has room. */
    synchronized boolean isScarce() {
        long now = nanoTime.getAsLong();
        if (!looked || now - lookedAt >= LOOK_AGAIN_NANOS) {
            looked = true;
            lookedAt = now;
            scarce = look();
        }
        return scarce;
    }

    private boolean look() {
        try {
            return freeBytes.getAsLong() < LOW_WATER_BYTES;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
