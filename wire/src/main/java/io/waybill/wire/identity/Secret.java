package io.waybill.wire.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A text that proves who somebody is. Compared in constant time, by its SHA-256; never shown.
 * Immutable.
 */
final class Secret {

    private static final int RANDOM_BYTES = 32;

    private final String text;
    private final byte[] digest;

    private Secret(String text) {
        this.text = text;
        this.digest = digest(text);
    }

    static Secret of(String text) {
        return new Secret(text);
    }

    /** A new one of 256 random bits, in 43 characters that any protocol carries. */
    static Secret random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    String text() {
        return text;
    }

    boolean is(String other) {
        return MessageDigest.isEqual(digest, digest(other));
    }

    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
