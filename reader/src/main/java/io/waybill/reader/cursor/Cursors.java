package io.waybill.reader.cursor;

import io.waybill.wire.failure.WaybillException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The cursors of one list with its arguments. A cursor is a position and eight bytes of SHA-256
 * over the list's name, its arguments and the position, in base64url. The check is for integrity,
 * not for secrecy: it finds a cursor that belongs elsewhere or was altered; what a forged one would
 * show is open to its forger anyway.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class Cursors {

    private static final int POSITION_BYTES = Long.BYTES;
    private static final int CHECK_BYTES = 8;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final String field;
    // Has taken in what all cursors of the list share; only ever cloned.
    private final MessageDigest begun;

    private Cursors(String field, MessageDigest begun) {
        this.field = field;
        this.begun = begun;
    }

    /**
     * The cursors of a list.
     *
     * @param field the argument by which clients give one back, for sentences
     * @param list the list's name
     * @param arguments what else decides which rows it has, and in which order; not the page's size
     */
    public static Cursors of(String field, String list, List<String> arguments) {
        MessageDigest digest = sha256();
        take(digest, "waybill cursor 1");
        take(digest, list);
        arguments.forEach(argument -> take(digest, argument));
        return new Cursors(field, digest);
    }

    /** The cursor of a position in the list. */
    public String at(long position) {
        byte[] bytes = new byte[POSITION_BYTES + CHECK_BYTES];
        ByteBuffer.wrap(bytes).putLong(position).put(check(position), 0, CHECK_BYTES);
        return TEXT.encodeToString(bytes);
    }

    /**
     * The position of a cursor.
     *
     * @throws WaybillException BAD_USER_INPUT when it is none of this list's
     */
    public long position(String cursor) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        if (bytes.length != POSITION_BYTES + CHECK_BYTES) {
            throw foreign();
        }
        long position = ByteBuffer.wrap(bytes).getLong();
        // Compared as text: base64 has several texts for the same bytes, and only one was given
        // out.
        if (!at(position).equals(cursor)) {
            throw foreign();
        }
        return position;
    }

    private WaybillException foreign() {
        return WaybillException.badInput(
                field, field + " must be a cursor that this list gave, unaltered, or be left out");
    }

    private byte[] check(long position) {
        try {
            MessageDigest digest = (MessageDigest) begun.clone();
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, position));
            return Arrays.copyOf(digest.digest(), CHECK_BYTES);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    private static void take(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
