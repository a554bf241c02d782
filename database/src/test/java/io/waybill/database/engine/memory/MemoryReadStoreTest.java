package io.waybill.database.engine.memory;

import io.waybill.database.engine.ReadStoreConformance;
import io.waybill.database.engine.StorageEngine;

class MemoryReadStoreTest extends ReadStoreConformance {

    @Override
    protected StorageEngine create() {
        return new MemoryEngine("store", "incarnation");
    }

    @Override
    protected StorageEngine reopen(StorageEngine engine) {
        return engine;
    }
}
