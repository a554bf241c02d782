package io.waybill.database.projection;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A part of an index's key.
 *
 * @param kind what its values are
 * @param values the values that a row has, as they are written in keys: usually one
 */
public record Part<V>(Kind kind, Function<V, List<ByteString>> values) {

    /** What a part's values are. */
    public enum Kind {
        TEXT,
        /** A text without its case. */
        FOLDED_TEXT,
        NUMBER,
        TIME
    }

    public static <V> Part<V> text(Function<V, String> field) {
        return new Part<>(Kind.TEXT, row -> List.of(KeyParts.text(field.apply(row))));
    }

    /** Several texts: the row is listed under each. */
    public static <V> Part<V> texts(Function<V, List<String>> field) {
        return new Part<>(Kind.TEXT, row -> field.apply(row).stream().map(KeyParts::text).toList());
    }

    public static <V> Part<V> folded(Function<V, String> field) {
        return new Part<>(
                Kind.FOLDED_TEXT, row -> List.of(KeyParts.text(KeyParts.folded(field.apply(row)))));
    }

    public static <V> Part<V> number(ToLongFunction<V> field) {
        return new Part<>(Kind.NUMBER, row -> List.of(KeyParts.number(field.applyAsLong(row))));
    }

    public static <V> Part<V> time(Function<V, Timestamp> field) {
        return new Part<>(Kind.TIME, row -> List.of(KeyParts.time(field.apply(row))));
    }
}
