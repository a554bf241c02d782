package io.waybill.database.engine;

import com.google.protobuf.ByteString;

import java.util.List;
import java.util.Optional;

/**
 * Tables of rows with declared indexes, each with the position of the log that it has been brought
 * up to. What rows and keys mean is the projections' affair; here they are bytes, ordered as
 * unsigned bytes.
 *
 * <p>Safe for use by many threads, provided that each table is changed by one at a time. Fails with
 * UNAVAILABLE while the store cannot be reached; trying again may help.
 */
public interface ReadStore {

    /**
     * Changes a table and moves its checkpoint, all or nothing, after a crash too.
     *
     * <p>Not promised: that it is durable when this returns. A power cut may take the newest
     * changes back, together with their checkpoint and in order; never what is older.
     */
    void apply(String table, List<RowChange> changes, long checkpoint);

    /** How far a table has been brought; 0 for one that never was. */
    long checkpoint(String table);

    /** The row of a key. */
    Optional<ByteString> get(String table, ByteString key);

    /**
     * The rows that an index lists within a range of its keys, in the order of these keys or
     * against it, all of one moment. Costs what it gives, not what the table holds.
     *
     * @param index under which the rows' changes listed them
     */
    List<Listed> scan(
            String table, StoredIndex index, KeyRange range, Direction direction, ScanLimit limit);
}
