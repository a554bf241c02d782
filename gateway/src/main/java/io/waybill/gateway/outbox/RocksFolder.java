package io.waybill.gateway.outbox;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.gateway.outbox.OutboxStore.Contents;
import io.waybill.gateway.outbox.OutboxStore.Stored;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.outbox.v1.OutboxEntry;

import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An open RocksDB folder with an outbox in it: commands under their sequences (eight bytes,
 * ascending), and apart from them which store they are for. Not safe for use by many threads.
 */
final class RocksFolder implements AutoCloseable {

    private static final byte[] STORE = "store".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ABOUT = "about".getBytes(StandardCharsets.US_ASCII);

    static {
        RocksDB.loadLibrary();
    }

    /** How a batch is written. */
    @FunctionalInterface
    interface Writing {
        void write(RocksDB rocks, WriteOptions options, WriteBatch batch) throws RocksDBException;
    }

    /** A part of a write. */
    @FunctionalInterface
    interface Step {
        void addTo(RocksFolder folder, WriteBatch batch) throws RocksDBException;
    }

    private final Writing writing;
    private final DBOptions options;
    private final ColumnFamilyOptions familyOptions;
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions();
    private final RocksDB rocks;

    RocksFolder(Path folder, Writing writing) throws RocksDBException {
        this.writing = writing;
        options =
                new DBOptions()
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        .setMaxTotalWalSize(64L << 20)
                        .setKeepLogFileNum(3);
        familyOptions = new ColumnFamilyOptions().setWriteBufferSize(16L << 20);
        try {
            rocks =
                    RocksDB.open(
                            options,
                            folder.toString(),
                            List.of(
                                    new ColumnFamilyDescriptor(
                                            RocksDB.DEFAULT_COLUMN_FAMILY, familyOptions),
                                    new ColumnFamilyDescriptor(ABOUT, familyOptions)),
                            families);
        } catch (RocksDBException e) {
            closeOptions();
            throw e;
        }
    }

    Contents read() throws RocksDBException, IOException {
        byte[] store = rocks.get(about(), STORE);
        List<Stored> entries = new ArrayList<>();
        try (RocksIterator iterator = rocks.newIterator(commands())) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                entries.add(
                        new Stored(
                                ByteBuffer.wrap(iterator.key()).getLong(),
                                entry(iterator.value())));
            }
            iterator.status();
        }
        return new Contents(
                store == null ? Optional.empty() : Optional.of(StoreInfo.parseFrom(store)),
                entries);
    }

    private static OutboxEntry entry(byte[] value) throws IOException {
        try {
            return OutboxEntry.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("a command in it cannot be read: " + e.getMessage(), e);
        }
    }

    void write(List<Step> steps, boolean sync) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (Step step : steps) {
                step.addTo(this, batch);
            }
            writing.write(rocks, sync ? synced : unsynced, batch);
        }
    }

    void put(WriteBatch batch, Stored stored) throws RocksDBException {
        batch.put(commands(), key(stored.sequence()), stored.entry().toByteArray());
    }

    void remove(WriteBatch batch, long sequence) throws RocksDBException {
        batch.delete(commands(), key(sequence));
    }

    void remember(WriteBatch batch, StoreInfo store) throws RocksDBException {
        batch.put(about(), STORE, store.toByteArray());
    }

    private ColumnFamilyHandle commands() {
        return families.getFirst();
    }

    private ColumnFamilyHandle about() {
        return families.getLast();
    }

    private static byte[] key(long sequence) {
        return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
    }

    @Override
    public void close() {
        families.forEach(ColumnFamilyHandle::close);
        rocks.close();
        closeOptions();
    }

    private void closeOptions() {
        synced.close();
        unsynced.close();
        familyOptions.close();
        options.close();
    }
}
