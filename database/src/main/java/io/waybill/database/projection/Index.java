package io.waybill.database.projection;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.waybill.database.engine.StoredIndex;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A list of rows in a stated order. A row stands in it once, several times, or not at all.
 *
 * @param stored its name within its table, and what an engine keeps of it
 * @param parts what its keys are made of; together they must not be the same for two rows
 * @param lists which rows it lists
 */
public record Index<V extends Message>(
        StoredIndex stored, List<Part<V>> parts, Predicate<V> lists) {

    /** Lists all rows, each by its key. */
    @SafeVarargs
    public static <V extends Message> Index<V> of(String name, Part<V>... parts) {
        return of(name, List.of(parts));
    }

    /** The same. */
    public static <V extends Message> Index<V> of(String name, List<Part<V>> parts) {
        return new Index<>(StoredIndex.ofKeys(name), parts, row -> true);
    }

    /** The same for small rows that are listed often: it holds them itself. */
    @SafeVarargs
    public static <V extends Message> Index<V> ofRows(String name, Part<V>... parts) {
        return new Index<>(StoredIndex.ofRows(name), List.of(parts), row -> true);
    }

    /** The same for some rows only. */
    public Index<V> when(Predicate<V> listed) {
        return new Index<>(stored, parts, listed);
    }

    public String name() {
        return stored.name();
    }

    /** Where a row stands in it, by unsigned bytes. */
    public List<ByteString> keys(V row) {
        List<ByteString> keys = List.of();
        if (lists.test(row)) {
            keys = List.of(ByteString.EMPTY);
            for (Part<V> part : parts) {
                keys = each(keys, part.values().apply(row));
            }
        }
        return keys;
    }

    private static List<ByteString> each(List<ByteString> beginnings, List<ByteString> values) {
        List<ByteString> keys = new ArrayList<>(beginnings.size() * values.size());
        for (ByteString beginning : beginnings) {
            for (ByteString value : values) {
                keys.add(beginning.concat(value));
            }
        }
        return keys;
    }
}
