package io.waybill.writer.order;

/** What clients see of an order's phase. */
public enum OrderStatus {
    /** Its saga runs. */
    PENDING,
    /** Its saga is done: the kitchen works. */
    APPROVED,
    /** The kitchen is done. */
    READY,
    /** It was picked up. */
    COLLECTED,
    /** It came to nothing. */
    REJECTED,
    /** It was taken back. */
    CANCELLED
}
