package io.waybill.gateway.graphql.failure;

/**
 * A message that is safe to send: one line, valid Unicode, no longer than {@value #LONGEST}
 * characters.
 */
final class Sentence {

    static final int LONGEST = 400;

    private Sentence() {}

    static String of(String message) {
        int end = Math.min(message.length(), LONGEST);
        StringBuilder sentence = new StringBuilder(end + 3);
        for (int i = 0; i < end; ) {
            int c = message.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isISOControl(c)) {
                sentence.append(' ');
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                sentence.append('\uFFFD');
            } else {
                sentence.appendCodePoint(c);
            }
        }
        return end < message.length() ? sentence.append("...").toString() : sentence.toString();
    }
}
