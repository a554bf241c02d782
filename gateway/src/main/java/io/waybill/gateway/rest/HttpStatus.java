package io.waybill.gateway.rest;

import io.waybill.wire.failure.ErrorCode;

/** Which status goes with which code, and what it is called. */
final class HttpStatus {

    static final int OK = 200;
    static final int ACCEPTED = 202;
    static final int MALFORMED = 400;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int CONFLICT = 409;
    static final int GONE = 410;
    static final int TOO_LARGE = 413;
    static final int UNSUPPORTED_MEDIA_TYPE = 415;
    static final int UNPROCESSABLE = 422;
    static final int TOO_MANY = 429;
    static final int INTERNAL = 500;
    static final int UNAVAILABLE = 503;
    static final int TIMED_OUT = 504;

    private HttpStatus() {}

    /** The status of a failure that is known at once. */
    static int of(ErrorCode code) {
        return switch (code) {
            case BAD_USER_INPUT, UNDECODABLE -> MALFORMED;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> NOT_FOUND;
            case IDEMPOTENCY_KEY_REUSED, ILLEGAL_STATE, TOO_LATE, SAGA_OVER, CANCELLED, UNDONE ->
                    CONFLICT;
            case UNKNOWN_CUSTOMER,
                    CUSTOMER_DISABLED,
                    UNKNOWN_RESTAURANT,
                    RESTAURANT_CLOSED,
                    UNKNOWN_ITEM,
                    PRICE_CHANGED,
                    CURRENCY_MISMATCH,
                    OUT_OF_STOCK,
                    RESERVED,
                    TOO_MANY_ITEMS,
                    INSUFFICIENT_FUNDS,
                    UNKNOWN_PAYMENT,
                    AMOUNT_MISMATCH,
                    AMOUNT_TOO_LARGE,
                    RESTAURANT_DECLINED ->
                    UNPROCESSABLE;
            case RESOURCE_EXHAUSTED -> TOO_MANY;
            case UNAVAILABLE -> UNAVAILABLE;
            case TIMEOUT, AFTER_COMMAND_TIMEOUT -> TIMED_OUT;
            case TIMED_OUT, STEP_FAILED, EXPIRED, POISON, INTERNAL -> INTERNAL;
        };
    }

    /** What kind of problem a status tells of. */
    static String title(int status) {
        return switch (status) {
            case MALFORMED -> "The request is malformed";
            case NOT_FOUND -> "There is no such thing";
            case METHOD_NOT_ALLOWED -> "The method is not taken";
            case CONFLICT -> "It conflicts with what came before";
            case GONE -> "It came to nothing";
            case TOO_LARGE -> "The body is too large";
            case UNSUPPORTED_MEDIA_TYPE -> "The body is of another kind";
            case UNPROCESSABLE -> "A rule is broken";
            case TOO_MANY -> "More than is taken now";
            case UNAVAILABLE -> "Not available now";
            case TIMED_OUT -> "Not in time";
            default -> status < INTERNAL ? "The request is refused" : "Something went wrong";
        };
    }

    /** Whether a problem may be gone in a moment. */
    static boolean passes(int status) {
        return status == TOO_MANY || status == UNAVAILABLE || status == TIMED_OUT;
    }
}
