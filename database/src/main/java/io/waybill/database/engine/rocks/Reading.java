package io.waybill.database.engine.rocks;

import io.waybill.database.engine.Direction;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads the database: as it is at each reading, or all as it was at one moment. For one thread;
 * fails with {@link RocksFault}.
 */
final class Reading implements AutoCloseable {

    private final RocksDB database;
    private final Function<Family, ColumnFamilyHandle> families;
    private final @Nullable Snapshot moment;

    private Reading(
            RocksDB database,
            Function<Family, ColumnFamilyHandle> families,
            @Nullable Snapshot moment) {
        this.database = database;
        this.families = families;
        this.moment = moment;
    }

    /** Each reading is of its own moment. */
    static Reading asItIs(RocksDB database, Function<Family, ColumnFamilyHandle> families) {
        return new Reading(database, families, null);
    }

    /** Everything is of this moment. */
    static Reading ofThisMoment(RocksDB database, Function<Family, ColumnFamilyHandle> families) {
        return new Reading(database, families, database.getSnapshot());
    }

    Optional<byte[]> get(Family family, byte[] key) {
        try (ReadOptions options = options()) {
            return Optional.ofNullable(database.get(families.apply(family), options, key));
        } catch (RocksDBException e) {
            throw new RocksFault(e);
        }
    }

    /**
     * Visits what lies from one key up to another, from the first or from the last.
     *
     * @param visitor says whether to go on
     */
    void scan(
            Family family,
            byte[] from,
            byte[] to,
            Direction direction,
            Predicate<RocksIterator> visitor) {
        try (Slice lower = new Slice(from);
                Slice upper = new Slice(to);
                ReadOptions options =
                        options().setIterateLowerBound(lower).setIterateUpperBound(upper);
                RocksIterator entries = database.newIterator(families.apply(family), options)) {
            switch (direction) {
                case FORWARD -> {
                    entries.seek(from);
                    while (entries.isValid() && visitor.test(entries)) {
                        entries.next();
                    }
                }
                case BACKWARD -> {
                    entries.seekToLast();
                    while (entries.isValid() && visitor.test(entries)) {
                        entries.prev();
                    }
                }
            }
            entries.status();
        } catch (RocksDBException e) {
            throw new RocksFault(e);
        }
    }

    private ReadOptions options() {
        ReadOptions options = new ReadOptions();
        return moment == null ? options : options.setSnapshot(moment);
    }

    @Override
    public void close() {
        if (moment != null) {
            database.releaseSnapshot(moment);
        }
    }
}
