package io.waybill.wire.failure;

/**
 * Every code that a client may see: GraphQL's {@code extensions.code}, a refusal's code, gRPC's
 * reason.
 */
public enum ErrorCode {
    /** A value breaks a rule; the field is named. */
    BAD_USER_INPUT,
    /** There is no such thing. */
    NOT_FOUND,
    /** It is not in a state in which that can be done. */
    ILLEGAL_STATE,
    /** The order is past the point where it could be taken back. */
    TOO_LATE,
    /** There is no such customer. */
    UNKNOWN_CUSTOMER,
    /** The customer may not order. */
    CUSTOMER_DISABLED,
    /** There is no such restaurant. */
    UNKNOWN_RESTAURANT,
    /** The restaurant takes no orders now. */
    RESTAURANT_CLOSED,
    /** It is not on the menu. */
    UNKNOWN_ITEM,
    /** The price is not the menu's. */
    PRICE_CHANGED,
    /** The currency is not that of the menu, or of the account. */
    CURRENCY_MISMATCH,
    /** There are not as many. */
    OUT_OF_STOCK,
    /** More is reserved for orders than would be left. */
    RESERVED,
    /** The menu is full. */
    TOO_MANY_ITEMS,
    /** The balance is too low. */
    INSUFFICIENT_FUNDS,
    /** There is no such authorization, or it is used up or expired. */
    UNKNOWN_PAYMENT,
    /** The authorization is for another amount. */
    AMOUNT_MISMATCH,
    /** A sum would be larger than can be kept exactly. */
    AMOUNT_TOO_LARGE,
    /** The restaurant's person said no. */
    RESTAURANT_DECLINED,
    /** A deadline of an order's saga passed. */
    TIMED_OUT,
    /** A step of an order's saga could not be handled at all. */
    STEP_FAILED,
    /** The customer took the order back. */
    CANCELLED,
    /** It was undone before it came. */
    UNDONE,
    /** The order's saga has ended. */
    SAGA_OVER,
    /** The same identity came before with another content. */
    IDEMPOTENCY_KEY_REUSED,
    /** The outcome that a query asked to see did not come in time. */
    AFTER_COMMAND_TIMEOUT,
    /** More than is taken now; try again later. */
    RESOURCE_EXHAUSTED,
    /** A part that is needed does not answer. */
    UNAVAILABLE,
    /** Took longer than a query may. */
    TIMEOUT,
    /** The credentials are wrong. */
    UNAUTHENTICATED,
    /** Not for this caller. */
    PERMISSION_DENIED,
    /** Not decided before its deadline. */
    EXPIRED,
    /** A message that could not be handled. */
    UNDECODABLE,
    /** The command kept failing in the writer. */
    POISON,
    /** A fault of Waybill's own. */
    INTERNAL
}
