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

    private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

    public KeyRange {
        if (!to.isEmpty() && compare(from, to) > 0) {
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

    /** What of this range lies beyond a key, in a direction. */
    public KeyRange beyond(ByteString key, Direction direction) {
        return switch (direction) {
            case FORWARD -> from(next(key));
            case BACKWARD -> to(key);
        };
    }

    /** What of this range lies on the near side of a key, in a direction, the key included. */
    public KeyRange before(ByteString key, Direction direction) {
        return switch (direction) {
            case FORWARD -> to(next(key));
            case BACKWARD -> from(key);
        };
    }

    private KeyRange from(ByteString key) {
        if (compare(key, from) <= 0) {
            return this;
        }
        return to.isEmpty() || compare(key, to) <= 0
                ? new KeyRange(key, to)
                : new KeyRange(key, key);
    }

    private KeyRange to(ByteString key) {
        if (!to.isEmpty() && compare(to, key) <= 0) {
            return this;
        }
        return compare(from, key) <= 0 ? new KeyRange(from, key) : new KeyRange(from, from);
    }

    /** The first key that comes after a key. */
    private static ByteString next(ByteString key) {
        return key.concat(ZERO);
    }

    private static int compare(ByteString one, ByteString other) {
        return ByteString.unsignedLexicographicalComparator().compare(one, other);
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
