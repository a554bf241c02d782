package io.waybill.wire.identity;

/**
 * Who sends a command or asks for its outcome.
 *
 * @param name {@code anonymous}, or a name from the credentials file
 */
public record Principal(String name) {

    /** Whoever gives no credentials; the same principal at all doors. */
    public static final Principal ANONYMOUS = new Principal("anonymous");

    /** The writer on its own account: for an order's saga, or for a timer. */
    public static final Principal SAGA = new Principal("saga");

    @Override
    public String toString() {
        return name;
    }
}
