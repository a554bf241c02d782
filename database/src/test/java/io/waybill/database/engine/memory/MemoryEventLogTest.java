package io.waybill.database.engine.memory;

import io.waybill.database.engine.EventLogConformance;
import io.waybill.database.engine.StorageEngine;

class MemoryEventLogTest extends EventLogConformance {

    @Override
    protected StorageEngine create() {
        return new MemoryEngine("store", "incarnation");
    }

    @Override
    protected StorageEngine reopen(StorageEngine engine) {
        return engine;
    }
}
