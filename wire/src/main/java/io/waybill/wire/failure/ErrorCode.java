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
