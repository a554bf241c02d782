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
    DELAYED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
