package io.waybill.reader.cursor;

import com.google.protobuf.ByteString;

import io.waybill.wire.failure.WaybillException;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The cursors of one list with its arguments. A cursor is where its row stands in the list and
 * eight bytes of SHA-256 over the list's name, its arguments and that place, in base64url. The
 * check is for integrity, not for secrecy: it finds a cursor that belongs elsewhere or was altered;
 * what a forged one would show is open to its forger anyway.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class Cursors {

    private static final int CHECK_BYTES = 8;
    // A name of 200 characters, and numbers behind it, fit well.
    private static final int MOST_CHARACTERS = 4_000;
    // Of every list; only ever copied.
    private static final MessageDigest BEGINNING = beginning();
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    // Has taken in what all cursors of the list share; only ever copied.
    private final MessageDigest begun;

    private Cursors(MessageDigest begun) {
        this.begun = begun;
    }

    /**
     * The cursors of a list.
     *
     * @param list the list's name
     * @param arguments what else decides which rows it has, and in which order; not the page's size
     */
    public static Cursors of(String list, ByteString arguments) {
        MessageDigest digest = copy(BEGINNING);
        take(digest, ByteString.copyFromUtf8(list));
        take(digest, arguments);
        return new Cursors(digest);
    }

    /** The cursor of a row that stands at a place in the list. */
    public String at(ByteString place) {
        byte[] bytes = new byte[place.size() + CHECK_BYTES];
        place.copyTo(bytes, 0);
        System.arraycopy(check(bytes, place.size()), 0, bytes, place.size(), CHECK_BYTES);
        return TEXT.encodeToString(bytes);
    }

    /**
     * The place of a cursor's row.
     *
     * @param field the argument by which the client gives it, for sentences
     * @throws WaybillException BAD_USER_INPUT when it is none of this list's
     */
    public ByteString place(String field, String cursor) {
        if (cursor.length() > MOST_CHARACTERS) {
            throw foreign(field);
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw foreign(field);
        }
        if (bytes.length <= CHECK_BYTES) {
            throw foreign(field);
        }
        ByteString place = ByteString.copyFrom(bytes, 0, bytes.length - CHECK_BYTES);
        // Compared as text: base64 has several texts for the same bytes, and only one was given
        // out.
        if (!at(place).equals(cursor)) {
            throw foreign(field);
        }
        return place;
    }

    private static WaybillException foreign(String field) {
        return WaybillException.badInput(
                field, field + " must be a cursor that this list gave, unaltered, or be left out");
    }

    private byte[] check(byte[] place, int length) {
        MessageDigest digest = copy(begun);
        digest.update(place, 0, length);
        return digest.digest();
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    private static void take(MessageDigest digest, ByteString part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.size()));
        digest.update(part.asReadOnlyByteBuffer());
    }

    private static MessageDigest beginning() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            take(digest, ByteString.copyFromUtf8("waybill cursor 2"));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
