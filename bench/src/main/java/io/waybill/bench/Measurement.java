package io.waybill.bench;

import java.util.Locale;

/** What can be measured. */
enum Measurement {
    /** From the launcher's start until ready, and the memory held then. */
    START,
    /** Adds as fast as they are accepted. */
    MUTATIONS,
    /** Adds at a fixed high rate. */
    SUSTAINED,
    /** Acceptance at a fixed rate. */
    ACCEPT,
    /** From acceptance to readable at a fixed rate. */
    READABLE,
    /** Lists as fast as they are answered. */
    LISTS,
    /** Adds as fast as they are accepted, in a system with a delay. */
    DELAYED,
    /** Orders at a fixed high rate, through all steps of their sagas. */
    ORDERS,
    /** From an order's acceptance to its approval, at a fixed rate. */
    ORDER_LATENCY,
    /** The same beside many orders that wait for a person, and a start after a kill with them. */
    IDLE_ORDERS,
    /** Searches for orders, among few and among many. */
    ORDER_SEARCH,
    /** How late orders time out, at a fixed high rate of them. */
    TIMERS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
