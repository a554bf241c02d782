package io.waybill.database.engine.rocks;

import org.rocksdb.RocksDBException;

/** RocksDB failed. Stays within the package: {@link RocksStore} turns it into what callers see. */
final class RocksFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RocksFault(RocksDBException cause) {
        super(cause.getMessage(), cause);
    }
}
