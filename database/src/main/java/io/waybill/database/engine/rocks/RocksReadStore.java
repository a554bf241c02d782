package io.waybill.database.engine.rocks;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;

import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.RowChange.IndexEntry;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.StoredIndex;

import org.rocksdb.WriteBatch;

import java.util.List;
import java.util.Optional;

/** Tables in RocksDB. */
final class RocksReadStore implements ReadStore {

    private final RocksStore store;

    RocksReadStore(RocksStore store) {
        this.store = store;
    }

    @Override
    public void apply(String table, List<RowChange> changes, long checkpoint) {
        store.write(
                open -> {
                    try (WriteBatch batch = new WriteBatch()) {
                        for (RowChange change : changes) {
                            add(batch, open, table, change);
                        }
                        open.put(
                                batch,
                                Family.META,
                                Keys.checkpoint(table),
                                Keys.number(checkpoint));
                        open.write(batch);
                    }
                    return checkpoint;
                });
    }

    private static void add(WriteBatch batch, OpenStore open, String table, RowChange change) {
        for (IndexEntry entry : change.unlisted()) {
            open.delete(batch, Family.INDEXES, key(table, entry));
        }
        byte[] key = Keys.row(table, change.key());
        switch (change) {
            case RowChange.Delete delete -> open.delete(batch, Family.ROWS, key);
            case RowChange.Put put -> {
                byte[] row = put.row().toByteArray();
                open.put(batch, Family.ROWS, key, row);
                for (IndexEntry entry : put.listed()) {
                    byte[] value =
                            switch (entry.index().holds()) {
                                case ROWS -> row;
                                case KEYS -> put.key().toByteArray();
                            };
                    open.put(batch, Family.INDEXES, key(table, entry), value);
                }
            }
        }
    }

    private static byte[] key(String table, IndexEntry entry) {
        return Keys.indexed(table, entry.index().name(), entry.key());
    }

    @Override
    public long checkpoint(String table) {
        return store.read(
                open -> open.get(Family.META, Keys.checkpoint(table)).map(Keys::number).orElse(0L));
    }

    @Override
    public Optional<ByteString> get(String table, ByteString key) {
        return store.read(open -> open.get(Family.ROWS, Keys.row(table, key)))
                .map(UnsafeByteOperations::unsafeWrap);
    }

    @Override
    public List<Listed> scan(
            String table, StoredIndex index, KeyRange range, Direction direction, ScanLimit limit) {
        IndexScan scan = new IndexScan(table, index, range, direction, limit);
        return store.read(scan::in);
    }
}
