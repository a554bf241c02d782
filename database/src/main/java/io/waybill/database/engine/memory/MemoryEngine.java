package io.waybill.database.engine.memory;

import io.waybill.database.engine.EventLog;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.StorageEngine;
import io.waybill.proto.eventstore.v1.StoreInfo;

import java.util.List;

/** An engine whose store lives as long as the object: {@link #close()} changes nothing. */
public final class MemoryEngine implements StorageEngine {

    private final StoreInfo info;
    private final EventLog log = new MemoryEventLog();
    private final ReadStore rows = new MemoryReadStore();

    /** An empty store with one partition. */
    public MemoryEngine(String storeId, String incarnation) {
        this.info =
                StoreInfo.newBuilder()
                        .setStoreId(storeId)
                        .setIncarnation(incarnation)
                        .setPartitions(1)
                        .build();
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
        return List.of();
    }

    @Override
    public void close() {}
}
