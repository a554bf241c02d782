package io.waybill.writer.domain;

/** Why a command may be refused. A closed list: clients may decide by it. */
public enum RefusalCode {
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
    /** A deadline passed. */
    TIMED_OUT,
    /** A step of the saga could not be handled at all. */
    STEP_FAILED,
    /** The customer took the order back. */
    CANCELLED,
    /** It was undone before it came. */
    UNDONE,
    /** The saga has ended. */
    SAGA_OVER
}
