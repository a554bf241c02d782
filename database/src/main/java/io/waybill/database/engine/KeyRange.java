package io.waybill.database.engine;

import com.google.protobuf.ByteString;

/**
 * Keys from one up to another.
 *
 * @param from the first key within
 * @param to the first key after it; empty when there is no end
 */
public record KeyRange(ByteString from, ByteString to) {

    /** Every key. */
    public static final KeyRange ALL = new KeyRange(ByteString.EMPTY, ByteString.EMPTY);

    public KeyRange {
        if (!to.isEmpty() && ByteString.unsignedLexicographicalComparator().compare(from, to) > 0) {
            throw new IllegalArgumentException("a range must not end before it begins");
        }
    }

    /** A key and all after it. */
    public static KeyRange startingAt(ByteString key) {
        return new KeyRange(key, ByteString.EMPTY);
    }

    /** The keys that begin with a prefix. */
    public static KeyRange withPrefix(ByteString prefix) {
        return new KeyRange(prefix, after(prefix));
    }

    /** The first key that comes after all that begin with a prefix; empty when there is none. */
    private static ByteString after(ByteString prefix) {
        for (int i = prefix.size() - 1; i >= 0; i--) {
            int last = prefix.byteAt(i) & 0xff;
            if (last < 0xff) {
                return prefix.substring(0, i)
                        .concat(ByteString.copyFrom(new byte[] {(byte) (last + 1)}));
            }
        }
        return ByteString.EMPTY;
    }
}
