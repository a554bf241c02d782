package io.waybill.database.projection;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.RowChange.IndexEntry;
import io.waybill.database.engine.StoredIndex.Holds;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The rows of a projection during one batch: reads through to the store, keeps changes until the
 * whole batch is written. Used by one thread.
 */
public final class Rows<V extends Message> {

    /** A row as it stands in the store, and as it will. */
    private record Row<V>(@Nullable V before, @Nullable V now, boolean changed) {}

    private final Projection<V> projection;
    private final Function<ByteString, Optional<ByteString>> stored;
    private final Map<ByteString, Row<V>> touched = new HashMap<>();

    private Rows(Projection<V> projection, Function<ByteString, Optional<ByteString>> stored) {
        this.projection = projection;
        this.stored = stored;
    }

    /** On those that a store holds. */
    static <V extends Message> Rows<V> on(ReadStore store, Projection<V> projection) {
        return new Rows<>(projection, key -> store.get(projection.table(), key));
    }

    /** From nothing, and never written. */
    public static <V extends Message> Rows<V> fromNothing(Projection<V> projection) {
        return new Rows<>(projection, key -> Optional.empty());
    }

    /** The row of a key. */
    public Optional<V> find(ByteString key) {
        return Optional.ofNullable(row(key).now());
    }

    /** A row that has never been there: spares the look. */
    public void insert(ByteString key, V row) {
        touched.put(key, new Row<>(null, row, true));
    }

    /** The row from now on, whatever it was. */
    public void put(ByteString key, V row) {
        touched.put(key, new Row<>(row(key).before(), row, true));
    }

    /** No row from now on. */
    public void delete(ByteString key) {
        touched.put(key, new Row<>(row(key).before(), null, true));
    }

    /** What is to be written. */
    List<RowChange> changes() {
        List<RowChange> changes = new ArrayList<>(touched.size());
        touched.forEach(
                (key, row) -> {
                    V now = row.now();
                    if (row.changed() && (now != null || row.before() != null)) {
                        changes.add(change(key, entries(row.before()), now));
                    }
                });
        return changes;
    }

    private RowChange change(ByteString key, Set<IndexEntry> before, @Nullable V now) {
        Set<IndexEntry> after = entries(now);
        List<IndexEntry> unlisted =
                before.stream().filter(entry -> !after.contains(entry)).toList();
        if (now == null) {
            return new RowChange.Delete(key, unlisted);
        }
        List<IndexEntry> listed =
                after.stream()
                        .filter(
                                entry ->
                                        entry.index().holds() == Holds.ROWS
                                                || !before.contains(entry))
                        .toList();
        return new RowChange.Put(key, now.toByteString(), listed, unlisted);
    }

    private Row<V> row(ByteString key) {
        return touched.computeIfAbsent(
                key,
                absent -> {
                    V row = stored.apply(key).map(this::parse).orElse(null);
                    return new Row<>(row, row, false);
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

    private Set<IndexEntry> entries(@Nullable V row) {
        Set<IndexEntry> entries = new LinkedHashSet<>();
        if (row != null) {
            for (Index<V> index : projection.indexes()) {
                for (ByteString key : index.keys(row)) {
                    entries.add(new IndexEntry(index.stored(), key));
                }
            }
        }
        return entries;
    }
}
