package io.waybill.database.engine.rocks;

import io.waybill.database.engine.EventLog;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.StorageEngine;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.files.PrivateFiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The embedded engine: a store in a folder, which one process uses at a time. */
public final class RocksEngine implements StorageEngine {

    /** Commits are refused while the disk has less than this free; read models still follow. */
    static final long LOW_WATER_BYTES = 256L << 20;

    private final RocksStore store;
    private final Disk disk;
    private final StoreInfo info;
    private final EventLog log;
    private final ReadStore rows;

    private RocksEngine(RocksStore store, Disk disk) {
        this.store = store;
        this.disk = disk;
        this.info = store.read(OpenStore::info);
        this.log = new RocksEventLog(store, disk, LOW_WATER_BYTES);
        this.rows = new RocksReadStore(store);
    }

    /**
     * Opens the store of a folder, making both when they are not there.
     *
     * @throws UncheckedIOException when the folder cannot be used, or another process uses it; the
     *     message names it
     */
    public static RocksEngine open(Path folder) {
        try {
            PrivateFiles.makeFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the data folder %s cannot be made: %s".formatted(folder, Reason.of(e)), e);
        }
        return open(folder, Disk.of(folder));
    }

    static RocksEngine open(Path folder, Disk disk) {
        return new RocksEngine(new RocksStore(folder, disk), disk);
    }

    @Override
    public StoreInfo info() {
        return info;
    }

    @Override
    public EventLog log() {
        return log;
    }

    @Override
    public ReadStore rows() {
        return rows;
    }

    @Override
    public List<String> warnings() {
        return disk.room(store.folder(), LOW_WATER_BYTES).warning().stream().toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
