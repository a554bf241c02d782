package io.waybill.reader.query;

/**
 * What clients sent, as it is shown in sentences: short enough for a gRPC status, which travels in
 * a header.
 */
public final class Shown {

    private static final int MOST = 100;

    private Shown() {}

    /** An id as it was given, cut after 100 characters; in quotes when one would not see it. */
    public static String id(String given) {
        if (given.isBlank()) {
            return "'" + (given.length() <= MOST ? given : given.substring(0, MOST)) + "'";
        }
        if (given.length() <= MOST) {
            return given;
        }
        int end = Character.isHighSurrogate(given.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return given.substring(0, end) + "...";
    }
}
