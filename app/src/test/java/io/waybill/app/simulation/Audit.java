package io.waybill.app.simulation;

/** How audits say what is wrong. */
final class Audit {

    private Audit() {}

    /** Fails with a sentence unless a condition holds. */
    static void require(boolean condition, String sentence, Object... arguments) {
        if (!condition) {
            throw new AssertionError(sentence.formatted(arguments));
        }
    }
}
