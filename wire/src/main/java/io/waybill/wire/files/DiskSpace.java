package io.waybill.wire.files;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How much room the disk of a folder has.
 *
 * @param freeBytes what may still be written
 * @param keptFreeBytes below that, nothing new is written there
 */
public record DiskSpace(Path folder, long freeBytes, long keptFreeBytes) {

    /** Fewer times what is kept free than this is worth a warning. */
    private static final int PLENTY = 4;

    private static final long MEGABYTE = 1 << 20;

    /** Whether nothing new is written now. */
    public boolean isUsedUp() {
        return freeBytes < keptFreeBytes;
    }

    /** What an operator should know: nothing while there is plenty. */
    public Optional<String> warning() {
        if (isUsedUp()) {
            return Optional.of(refusal());
        }
        return freeBytes / PLENTY < keptFreeBytes
                ? Optional.of(
                        "the disk of %s is nearly full: %d MB are left, below %d MB nothing new is written"
                                .formatted(folder, megabytes(freeBytes), megabytes(keptFreeBytes)))
                : Optional.empty();
    }

    /** Why nothing new is written, when it is used up. */
    public String refusal() {
        return "the disk of %s is full: %d MB are left, and nothing new is written before there are %d MB"
                .formatted(folder, megabytes(freeBytes), megabytes(keptFreeBytes));
    }

    private static long megabytes(long bytes) {
        return bytes / MEGABYTE;
    }
}
