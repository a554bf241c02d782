package io.waybill.database.projection;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.RowChange.IndexEntry;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a projection during one batch: reads through to the store, keeps changes until the
 * whole batch is written. Used by one thread.
 */
public final class Rows<V extends Message> {

    /** A row as it stands in the store, and as it will. */
    private record Row<V>(@Nullable V before, @Nullable V now) {}

    private final Projection<V> projection;
    private final ReadStore store;
    private final Map<ByteString, Row<V>> touched = new HashMap<>();

    Rows(Projection<V> projection, ReadStore store) {
        this.projection = projection;
        this.store = store;
    }

    /** The row of a key. */
    public Optional<V> find(ByteString key) {
        return Optional.ofNullable(row(key).now());
    }

    /** A row that has never been there: spares the look. */
    public void insert(ByteString key, V row) {
        touched.put(key, new Row<>(null, row));
    }

    /** The row from now on, whatever it was. */
    public void put(ByteString key, V row) {
        touched.put(key, new Row<>(row(key).before(), row));
    }

    /** No row from now on. */
    public void delete(ByteString key) {
        touched.put(key, new Row<>(row(key).before(), null));
    }

    /** What is to be written. */
    List<RowChange> changes() {
        List<RowChange> changes = new ArrayList<>(touched.size());
        touched.forEach(
                (key, row) -> {
                    V now = row.now();
                    List<IndexEntry> unlisted = entries(row.before());
                    if (now != null) {
                        List<IndexEntry> listed = entries(now);
                        unlisted.removeAll(listed);
                        changes.add(new RowChange.Put(key, now.toByteString(), listed, unlisted));
                    } else if (row.before() != null) {
                        changes.add(new RowChange.Delete(key, unlisted));
                    }
                });
        return changes;
    }

    private Row<V> row(ByteString key) {
        return touched.computeIfAbsent(
                key,
                absent -> {
                    V stored = store.get(projection.name(), key).map(this::parse).orElse(null);
                    return new Row<>(stored, stored);
                });
    }

    private V parse(ByteString row) {
        try {
            return projection.parser().parseFrom(row);
        } catch (InvalidProtocolBufferException e) {
            throw new WaybillException(
                            ErrorCode.INTERNAL,
                            "a row of %s cannot be read".formatted(projection.name()))
                    .causedBy(e);
        }
    }

    private List<IndexEntry> entries(@Nullable V row) {
        List<IndexEntry> entries = new ArrayList<>();
        if (row != null) {
            for (Index<V> index : projection.indexes()) {
                entries.add(new IndexEntry(index.name(), index.key().apply(row)));
            }
        }
        return entries;
    }
}
