package io.waybill.database.engine.rocks;

import org.rocksdb.RocksDB;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The column families of the database. META is the one that every RocksDB has. */
enum Family {
    META,
    LOG,
    STREAMS,
    COMMANDS,
    TIMERS,
    DUE,
    SNAPSHOTS,
    ROWS,
    INDEXES;

    /** The name under which RocksDB keeps it. */
    byte[] storedName() {
        return this == META
                ? RocksDB.DEFAULT_COLUMN_FAMILY
                : name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
}
