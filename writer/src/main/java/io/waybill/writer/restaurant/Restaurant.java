package io.waybill.writer.restaurant;

import java.util.Currency;

/** A restaurant, in one of its phases. */
public sealed interface Restaurant {

    /** Nobody registered it. */
    record Absent() implements Restaurant {}

    /**
     * It is there.
     *
     * @param currency of all its prices, for ever
     * @param open whether it takes orders
     */
    record Registered(
            String id, String name, Currency currency, Review review, boolean open, Menu menu)
            implements Restaurant {}
}
