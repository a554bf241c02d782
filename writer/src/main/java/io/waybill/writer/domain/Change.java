package io.waybill.writer.domain;

import java.util.function.Supplier;

/**
 * What an update asks of one field.
 *
 * @param <T> the field's type
 */
public sealed interface Change<T> {

    /** The field stays as it is. */
    record Keep<T>() implements Change<T> {}

    /** The field gets a new value. */
    record To<T>(T value) implements Change<T> {}

    /** A new value if one is given. */
    static <T> Change<T> given(boolean given, Supplier<T> value) {
        return given ? new To<>(value.get()) : new Keep<>();
    }

    /** The field's value afterwards. */
    default T of(T before) {
        return switch (this) {
            case Keep<T>() -> before;
            case To<T>(T value) -> value;
        };
    }
}
