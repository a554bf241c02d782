package io.waybill.database.engine;

import com.google.protobuf.ByteString;

import java.util.List;

/**
 * A change of one row. Who changes a row says where it was listed before: an engine does not look.
 */
public sealed interface RowChange {

    ByteString key();

    /** Entries under which the row was listed and is no longer. */
    List<IndexEntry> unlisted();

    /**
     * The row from now on.
     *
     * @param listed entries under which it is listed from now on: of indexes that hold rows all, of
     *     others at least those under which it was not listed before
     */
    record Put(ByteString key, ByteString row, List<IndexEntry> listed, List<IndexEntry> unlisted)
            implements RowChange {}

    /** No row from now on. */
    record Delete(ByteString key, List<IndexEntry> unlisted) implements RowChange {}

    /**
     * A place in an index.
     *
     * @param key where in the index; of one row only
     */
    record IndexEntry(StoredIndex index, ByteString key) {}
}
