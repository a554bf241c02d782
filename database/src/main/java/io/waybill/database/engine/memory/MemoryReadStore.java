package io.waybill.database.engine.memory;

import com.google.protobuf.ByteString;

import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.RowChange.IndexEntry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Tables in memory. Its own lock guards all of them. */
final class MemoryReadStore implements ReadStore {

    private static final class Table {
        private final Map<ByteString, ByteString> rows = new HashMap<>();
        private final Map<String, NavigableMap<ByteString, ByteString>> indexes = new HashMap<>();
        private long checkpoint;

        private NavigableMap<ByteString, ByteString> index(String name) {
            return indexes.computeIfAbsent(
                    name, index -> new TreeMap<>(ByteString.unsignedLexicographicalComparator()));
        }

        private void apply(RowChange change) {
            for (IndexEntry entry : change.unlisted()) {
                index(entry.index()).remove(entry.key());
            }
            switch (change) {
                case RowChange.Delete delete -> rows.remove(delete.key());
                case RowChange.Put put -> {
                    rows.put(put.key(), put.row());
                    for (IndexEntry entry : put.listed()) {
                        index(entry.index()).put(entry.key(), put.row());
                    }
                }
            }
        }
    }

    private final Map<String, Table> tables = new HashMap<>();

    @Override
    public synchronized void apply(String table, List<RowChange> changes, long checkpoint) {
        Table changed = table(table);
        changes.forEach(changed::apply);
        changed.checkpoint = checkpoint;
    }

    @Override
    public synchronized long checkpoint(String table) {
        return table(table).checkpoint;
    }

    @Override
    public synchronized Optional<ByteString> get(String table, ByteString key) {
        return Optional.ofNullable(table(table).rows.get(key));
    }

    @Override
    public synchronized List<ByteString> scan(
            String table, String index, KeyRange range, int limit) {
        NavigableMap<ByteString, ByteString> listed = table(table).index(index);
        NavigableMap<ByteString, ByteString> within =
                range.to().isEmpty()
                        ? listed.tailMap(range.from(), true)
                        : listed.subMap(range.from(), true, range.to(), false);
        return within.values().stream().limit(limit).toList();
    }

    private Table table(String name) {
        return tables.computeIfAbsent(name, table -> new Table());
    }
}
