package io.waybill.database.engine;

/**
 * How much is read at once.
 *
 * @param commits at most so many
 * @param bytes no further commit once so many bytes are read; the first is given whatever its size
 */
public record PageLimit(int commits, int bytes) {

    public PageLimit {
        if (commits < 1 || bytes < 1) {
            throw new IllegalArgumentException("a page holds at least one commit");
        }
    }
}
