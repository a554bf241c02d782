package io.waybill.database.projection;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * How the parts of an index's key are written, so that their bytes, compared as unsigned, are in
 * the order of what they stand for, and no part runs into the next.
 *
 * <ul>
 *   <li>a text: its UTF-8 with a zero byte as {@code 00 ff}, and {@code 00 00} at its end; in the
 *       order of code points
 *   <li>a number: eight bytes, big-endian, without a sign
 *   <li>a time: seconds since 1970 in eight bytes, so that those before come first, and nanoseconds
 *       in four
 * </ul>
 */
public final class KeyParts {

    private static final byte[] END_OF_TEXT = new byte[2];
    private static final int TIME_BYTES = Long.BYTES + Integer.BYTES;

    private KeyParts() {}

    /** A whole text. */
    public static ByteString text(String text) {
        return beginning(text).concat(ByteString.copyFrom(END_OF_TEXT));
    }

    /** What all texts have that begin with one. */
    public static ByteString beginning(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        int zeros = 0;
        for (byte b : plain) {
            zeros += b == 0 ? 1 : 0;
        }
        if (zeros == 0) {
            return ByteString.copyFrom(plain);
        }
        ByteBuffer escaped = ByteBuffer.allocate(plain.length + zeros);
        for (byte b : plain) {
            escaped.put(b);
            if (b == 0) {
                escaped.put((byte) 0xff);
            }
        }
        return ByteString.copyFrom(escaped.flip());
    }

    public static ByteString number(long number) {
        return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    }

    public static ByteString time(Timestamp time) {
        return ByteString.copyFrom(
                ByteBuffer.allocate(TIME_BYTES)
                        .putLong(time.getSeconds() ^ Long.MIN_VALUE)
                        .putInt(time.getNanos())
                        .flip());
    }

    /**
     * A text without its case, so that texts that differ in nothing else are one, and the beginning
     * of a text is folded to the beginning of what the text is folded to. Characters are taken one
     * by one, in their composed form.
     */
    public static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
