package io.waybill.database.engine;

/**
 * How much of an index is read at once.
 *
 * @param rows at most so many
 * @param bytes no further row once the rows have so many together; the first is given whatever its
 *     size
 */
public record ScanLimit(int rows, int bytes) {

    public ScanLimit {
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException("a page holds at least one row");
        }
    }

    /** So many, however large. */
    public static ScanLimit of(int rows) {
        return new ScanLimit(rows, Integer.MAX_VALUE);
    }
}
