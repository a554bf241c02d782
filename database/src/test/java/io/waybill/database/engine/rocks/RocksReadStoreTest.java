package io.waybill.database.engine.rocks;

import io.waybill.database.engine.ReadStoreConformance;
import io.waybill.database.engine.StorageEngine;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class RocksReadStoreTest extends ReadStoreConformance {

    @TempDir Path folder;

    @Override
    protected StorageEngine create() {
        return RocksEngine.open(folder);
    }

    @Override
    protected StorageEngine reopen(StorageEngine engine) {
        engine.close();
        return RocksEngine.open(folder);
    }
}
