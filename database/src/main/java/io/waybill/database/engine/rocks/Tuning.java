package io.waybill.database.engine.rocks;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteBufferManager;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * RocksDB's options: the same small share of memory however large the store. Blocks, their indexes
 * and filters, and what is not yet in files take 64 MB together. So indexes and filters come in
 * parts of a few kilobytes: that of a whole file is too large to stay in what the cache has left
 * for it, and was read anew for each key, four times as slow at fifty thousand orders. Owns native
 * objects until it is closed, which must be after the database.
 */
final class Tuning implements AutoCloseable {

    private static final long CACHE_BYTES = 64L << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    private static final long ALL_WRITE_BUFFERS_BYTES = 32L << 20;
    private static final long WRITE_AHEAD_LOG_BYTES = 64L << 20;

    private final List<RocksObject> owned = new ArrayList<>();
    private final Map<Family, ColumnFamilyOptions> families = new EnumMap<>(Family.class);
    private final DBOptions database;

    Tuning() {
        Cache cache = own(new LRUCache(CACHE_BYTES));
        WriteBufferManager buffers = own(new WriteBufferManager(ALL_WRITE_BUFFERS_BYTES, cache));
        BloomFilter filter = own(new BloomFilter(10));
        for (Family family : Family.values()) {
            families.put(family, own(options(family, cache, filter)));
        }
        database =
                own(new DBOptions())
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        .setWriteBufferManager(buffers)
                        .setMaxTotalWalSize(WRITE_AHEAD_LOG_BYTES)
                        .setMaxBackgroundJobs(2)
                        .setMaxOpenFiles(512)
                        .setStatsDumpPeriodSec(0)
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                        .setMaxLogFileSize(1 << 20)
                        .setKeepLogFileNum(4);
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions family(Family family) {
        return Objects.requireNonNull(families.get(family));
    }

    private static ColumnFamilyOptions options(Family family, Cache cache, BloomFilter filter) {
        BlockBasedTableConfig table =
                new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                        .setPartitionFilters(true)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinTopLevelIndexAndFilter(true)
                        .setPinL0FilterAndIndexBlocksInCache(true);
        switch (family) {
            // Asked for keys that are mostly not there: new commands, new streams, new rows.
            case STREAMS, COMMANDS, TIMERS, SNAPSHOTS, ROWS -> table.setFilterPolicy(filter);
            // Read in order, or for keys that are there.
            case META, LOG, DUE, INDEXES -> table.setBlockSize(8 << 10);
        }
        ColumnFamilyOptions options =
                family == Family.INDEXES || family == Family.DUE
                        ? forgettingDeletedEntries()
                        : new ColumnFamilyOptions();
        options.setTableFormatConfig(table);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
        return options;
    }

    /**
     * A list is read from its oldest entry, and timers from the one that is due first, so deleted
     * ones gather in the way: a scan that had to step over many has the buffer flushed, and files
     * with many are compacted soon. Of timers nearly all are replaced before they are due: without
     * this, asking for those that are due took 25 times as long.
     */
    private static ColumnFamilyOptions forgettingDeletedEntries() {
        Properties properties = new Properties();
        properties.setProperty("memtable_op_scan_flush_trigger", "1000");
        properties.setProperty(
                "table_properties_collectors",
                "{id=CompactOnDeletionCollector;window_size=2000;deletion_trigger=500}");
        return ColumnFamilyOptions.getColumnFamilyOptionsFromProps(properties);
    }

    private <T extends RocksObject> T own(T object) {
        owned.add(object);
        return object;
    }

    @Override
    public void close() {
        owned.reversed().forEach(RocksObject::close);
    }
}
