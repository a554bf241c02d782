package io.waybill.database.engine.memory;

import com.google.protobuf.ByteString;

import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.RowChange.IndexEntry;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.StoredIndex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tables in memory, whose indexes find rows by their keys whatever they are said to hold. Its own
 * lock guards all of them.
 */
final class MemoryReadStore implements ReadStore {

    private static final class Table {
        private final Map<ByteString, ByteString> rows = new HashMap<>();
        private final Map<StoredIndex, NavigableMap<ByteString, ByteString>> indexes =
                new HashMap<>();
        private long checkpoint;

        private NavigableMap<ByteString, ByteString> index(StoredIndex index) {
            return indexes.computeIfAbsent(
                    index, none -> new TreeMap<>(ByteString.unsignedLexicographicalComparator()));
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
                        index(entry.index()).put(entry.key(), put.key());
                    }
                }
            }
        }

        private ByteString row(ByteString key) {
            ByteString row = rows.get(key);
            if (row == null) {
                throw new IllegalStateException("an index lists a row that is not there");
            }
            return row;
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
    public synchronized List<Listed> scan(
            String table, StoredIndex index, KeyRange range, Direction direction, ScanLimit limit) {
        Table scanned = table(table);
        List<Listed> page = new ArrayList<>();
        int bytes = 0;
        for (var entry : within(scanned.index(index), range, direction).entrySet()) {
            if (page.size() == limit.rows() || bytes >= limit.bytes()) {
                break;
            }
            ByteString row = scanned.row(entry.getValue());
            page.add(new Listed(entry.getKey(), row));
            bytes += row.size();
        }
        return page;
    }

    private static NavigableMap<ByteString, ByteString> within(
            NavigableMap<ByteString, ByteString> index, KeyRange range, Direction direction) {
        NavigableMap<ByteString, ByteString> within =
                range.to().isEmpty()
                        ? index.tailMap(range.from(), true)
                        : index.subMap(range.from(), true, range.to(), false);
        return direction == Direction.FORWARD ? within : within.descendingMap();
    }

    private Table table(String name) {
        return tables.computeIfAbsent(name, table -> new Table());
    }
}
