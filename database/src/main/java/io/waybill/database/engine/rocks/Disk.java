package io.waybill.database.engine.rocks;

import io.waybill.wire.files.DiskSpace;

import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a store asks of its disk. Apart, so that tests can let it fill up and fail. */
interface Disk {

    /** How many bytes may still be written. */
    long freeBytes();

    /** How much room there is, when so much is to stay free. */
    default DiskSpace room(Path folder, long keptFreeBytes) {
        return new DiskSpace(folder, freeBytes(), keptFreeBytes);
    }

    /** Writes a batch, all of it or nothing; synced when the options say so. */
    default void write(RocksDB database, WriteOptions options, WriteBatch batch)
            throws RocksDBException {
        database.write(options, batch);
    }

    /** The disk that a folder lies on. */
    static Disk of(Path folder) {
        FileStore disk;
        try {
            disk = Files.getFileStore(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + folder + " cannot be used", e);
        }
        return () -> {
            try {
                return disk.getUsableSpace();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot tell how full " + folder + " is", e);
            }
        };
    }
}
