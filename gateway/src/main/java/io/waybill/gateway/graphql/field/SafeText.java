package io.waybill.gateway.graphql.field;

import com.google.protobuf.ByteString;

/**
 * Bytes that anybody may have sent, as a text that does no harm where it is shown: characters that
 * show are as they are, and of everything else (control characters, marks that turn the direction
 * of writing, bytes that are no UTF-8, and the backslash itself) each byte is a {@code \x} and two
 * hexadecimal digits.
 */
final class SafeText {

    /** How many bytes are shown; what is longer ends in three dots. */
    static final int MOST_BYTES = 4_096;

    private static final int LONGEST_CHARACTER = 4;

    private SafeText() {}

    static String of(String text) {
        return of(ByteString.copyFromUtf8(text));
    }

    static String of(ByteString bytes) {
        StringBuilder shown = new StringBuilder(bytes.size());
        int at = 0;
        while (at < bytes.size()) {
            ByteString next = character(bytes, at);
            if (at + next.size() > MOST_BYTES) {
                return shown.append("...").toString();
            }
            append(next, shown);
            at += next.size();
        }
        return shown.toString();
    }

    /** The bytes of the character that begins there, or one byte that begins none. */
    private static ByteString character(ByteString bytes, int at) {
        int rest = Math.min(LONGEST_CHARACTER, bytes.size() - at);
        for (int length = 1; length <= rest; length++) {
            ByteString character = bytes.substring(at, at + length);
            if (character.isValidUtf8()) {
                return character;
            }
        }
        return bytes.substring(at, at + 1);
    }

    private static void append(ByteString character, StringBuilder shown) {
        if (character.isValidUtf8() && isShown(character.toStringUtf8().codePointAt(0))) {
            shown.append(character.toStringUtf8());
        } else {
            for (byte each : character) {
                shown.append("\\x%02x".formatted(each));
            }
        }
    }

    private static boolean isShown(int c) {
        return c == ' ' || (c != '\\' && Arguments.isVisible(c));
    }
}
