package io.waybill.writer.restaurant;

/** How a restaurant reviews orders. */
public enum Review {
    /** Every order is approved at once. */
    AUTO,
    /** A person decides. */
    MANUAL
}
