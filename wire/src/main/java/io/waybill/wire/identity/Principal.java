package io.waybill.wire.identity;

/**
 * Who sends a command or asks for its outcome.
 *
 * @param name {@code anonymous}, or a name from the credentials file
 */
public record Principal(String name) {

    /** Whoever gives no credentials; the same principal at all doors. */
    public static final Principal ANONYMOUS = new Principal("anonymous");

    @Override
    public String toString() {
        return name;
    }
}
