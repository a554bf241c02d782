package io.waybill.database.engine.rocks;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;

import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.RowChange.IndexEntry;

import org.rocksdb.WriteBatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables in RocksDB. An index entry holds the row itself, so that a page of a list is one scan. */
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
            open.delete(batch, Family.INDEXES, Keys.indexed(table, entry.index(), entry.key()));
        }
        byte[] key = Keys.row(table, change.key());
        switch (change) {
            case RowChange.Delete delete -> open.delete(batch, Family.ROWS, key);
            case RowChange.Put put -> {
                byte[] row = put.row().toByteArray();
                open.put(batch, Family.ROWS, key, row);
                for (IndexEntry entry : put.listed()) {
                    open.put(
                            batch,
                            Family.INDEXES,
                            Keys.indexed(table, entry.index(), entry.key()),
                            row);
                }
            }
        }
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
    public List<ByteString> scan(String table, String index, KeyRange range, int limit) {
        byte[] from = Keys.indexed(table, index, range.from());
        byte[] to =
                range.to().isEmpty()
                        ? Keys.indexEnd(table, index)
                        : Keys.indexed(table, index, range.to());
        List<ByteString> rows = new ArrayList<>(Math.min(limit, 64));
        store.read(
                open -> {
                    open.scan(
                            Family.INDEXES,
                            from,
                            to,
                            entry -> {
                                rows.add(UnsafeByteOperations.unsafeWrap(entry.value()));
                                return rows.size() < limit;
                            });
                    return rows;
                });
        return rows;
    }
}
