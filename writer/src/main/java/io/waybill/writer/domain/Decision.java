package io.waybill.writer.domain;

import java.util.List;

/**
 * What comes of a command.
 *
 * @param <E> what may happen to the aggregate
 */
public sealed interface Decision<E> {

    /** It takes effect; with no events it already had, or has none. */
    record Accepted<E>(List<E> events) implements Decision<E> {

        public Accepted {
            events = List.copyOf(events);
        }
    }

    /**
     * It is refused.
     *
     * @param sentence for a person
     * @param field the field at fault by its path, {@code order_items[1].unit_price}, or empty
     */
    record Refused<E>(RefusalCode code, String sentence, String field) implements Decision<E> {}

    /** It takes effect. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    static <E> Decision<E> accept(E... events) {
        return new Accepted<>(List.of(events));
    }

    /** It already took effect: nothing more happens. */
    static <E> Decision<E> nothing() {
        return new Accepted<>(List.of());
    }

    /** It is refused, through no single field's fault. */
    static <E> Decision<E> refuse(RefusalCode code, String sentence, Object... arguments) {
        return new Refused<>(code, sentence.formatted(arguments), "");
    }

    /** It is refused, for what a field says. */
    static <E> Decision<E> refuseField(
            String field, RefusalCode code, String sentence, Object... arguments) {
        return new Refused<>(code, sentence.formatted(arguments), field);
    }
}
