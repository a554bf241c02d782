package io.waybill.writer.contact;

/** What an update asks of one field. */
public sealed interface Change {

    /** The field stays as it is. */
    record Keep() implements Change {}

    /** The field gets a new value; an empty one clears it. */
    record To(String value) implements Change {}

    /** The field's value afterwards. */
    default String of(String before) {
        return switch (this) {
            case Keep() -> before;
            case To(String value) -> value;
        };
    }
}
