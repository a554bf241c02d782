package io.waybill.reader.query;

import io.waybill.wire.failure.WaybillException;

/** The numbers that a field may have, both ends included. Immutable. */
public record Range(String field, long least, long most) {

    /**
     * The value, when it is allowed.
     *
     * @throws WaybillException otherwise: BAD_USER_INPUT, naming the field and what is allowed
     */
    public int check(long value) {
        if (value < least || value > most) {
            throw WaybillException.badInput(
                    field, "%s must be %d to %d, but is %d".formatted(field, least, most, value));
        }
        return (int) value;
    }
}
