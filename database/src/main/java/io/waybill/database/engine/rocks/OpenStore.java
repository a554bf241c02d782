package io.waybill.database.engine.rocks;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.database.engine.Direction;
import io.waybill.proto.eventstore.v1.StoreInfo;

import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The database while it is open, with what was read when it was opened: which store it is and where
 * its log ends. Safe for use by many threads until it is closed; {@link RocksStore} sees to it that
 * nobody uses it then. Fails with {@link RocksFault}.
 */
final class OpenStore implements AutoCloseable {

    private static final int PARTITIONS = 1;

    private final Tuning tuning;
    private final Disk disk;
    private final RocksDB database;
    private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions();
    private final StoreInfo info;
    private volatile long end;
    private volatile boolean failed;

    private OpenStore(Tuning tuning, Disk disk, RocksDB database, List<ColumnFamilyHandle> handles)
            throws RocksDBException {
        this.tuning = tuning;
        this.disk = disk;
        this.database = database;
        // Opened in this order.
        Iterator<ColumnFamilyHandle> opened = handles.iterator();
        for (Family family : Family.values()) {
            families.put(family, opened.next());
        }
        try {
            end = readEnd();
            info = readOrCreateInfo();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Opens the database of a folder that exists, making it when there is none. */
    static OpenStore open(Path folder, Disk disk) throws RocksDBException {
        RocksDB.loadLibrary();
        Tuning tuning = new Tuning();
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (Family family : Family.values()) {
            descriptors.add(new ColumnFamilyDescriptor(family.storedName(), tuning.family(family)));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB database;
        try {
            database = RocksDB.open(tuning.database(), folder.toString(), descriptors, handles);
        } catch (RocksDBException e) {
            tuning.close();
            throw e;
        }
        return new OpenStore(tuning, disk, database, handles);
    }

    StoreInfo info() {
        return info;
    }

    /** The position of the last commit that is durable. */
    long end() {
        return end;
    }

    /** Makes what has been written up to a position visible. */
    void advance(long position) {
        end = position;
    }

    /** Whether a write failed: the database must be opened anew before the next. */
    boolean failed() {
        return failed;
    }

    Optional<byte[]> get(Family family, byte[] key) {
        try {
            return Optional.ofNullable(database.get(handle(family), key));
        } catch (RocksDBException e) {
            throw new RocksFault(e);
        }
    }

    /**
     * Visits what lies from one key up to another, in order.
     *
     * @param visitor says whether to go on
     */
    void scan(Family family, byte[] from, byte[] to, Predicate<RocksIterator> visitor) {
        reading().scan(family, from, to, Direction.FORWARD, visitor);
    }

    /** Reads as it is. */
    Reading reading() {
        return Reading.asItIs(database, this::handle);
    }

    /** Reads all as it is at this moment. To be closed soon: nothing is forgotten meanwhile. */
    Reading readingOfThisMoment() {
        return Reading.ofThisMoment(database, this::handle);
    }

    void put(WriteBatch batch, Family family, byte[] key, byte[] value) {
        try {
            batch.put(handle(family), key, value);
        } catch (RocksDBException e) {
            throw new RocksFault(e);
        }
    }

    void delete(WriteBatch batch, Family family, byte[] key) {
        try {
            batch.delete(handle(family), key);
        } catch (RocksDBException e) {
            throw new RocksFault(e);
        }
    }

    /** Writes a batch that is on disk when this returns. */
    void writeDurably(WriteBatch batch) {
        write(batch, synced);
    }

    /** Writes a batch that reaches the disk with the next durable one at the latest. */
    void write(WriteBatch batch) {
        write(batch, unsynced);
    }

    private void write(WriteBatch batch, WriteOptions options) {
        try {
            disk.write(database, options, batch);
        } catch (RocksDBException e) {
            failed = true;
            throw new RocksFault(e);
        }
    }

    private ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(families.get(family));
    }

    private long readEnd() {
        try (RocksIterator log = database.newIterator(handle(Family.LOG))) {
            log.seekToLast();
            return log.isValid() ? Keys.number(log.key()) : 0;
        }
    }

    private StoreInfo readOrCreateInfo() {
        Optional<byte[]> stored = get(Family.META, Keys.STORE);
        if (stored.isPresent()) {
            StoreInfo found;
            try {
                found = StoreInfo.parseFrom(stored.get());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(
                        "the record of what store this is cannot be read", e);
            }
            if (found.getPartitions() != PARTITIONS) {
                throw new IllegalStateException(
                        "the store has %d partitions, not %d"
                                .formatted(found.getPartitions(), PARTITIONS));
            }
            return found;
        }
        if (end > 0) {
            throw new IllegalStateException("the store holds commits but not what store it is");
        }
        StoreInfo made =
                StoreInfo.newBuilder()
                        .setStoreId(UUID.randomUUID().toString())
                        .setIncarnation(UUID.randomUUID().toString())
                        .setPartitions(PARTITIONS)
                        .build();
        try (WriteBatch batch = new WriteBatch()) {
            put(batch, Family.META, Keys.STORE, made.toByteArray());
            writeDurably(batch);
        }
        return made;
    }

    @Override
    public void close() {
        families.values().forEach(ColumnFamilyHandle::close);
        database.close();
        synced.close();
        unsynced.close();
        tuning.close();
    }
}
