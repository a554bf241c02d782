package io.waybill.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Identities: UUIDs of RFC 9562 in 36 lower-case characters. Version 7 (by time) for what is new,
 * version 5 (by name) for what follows from something else. Safe for use by many threads.
 */
public final class Ids {

    private static final UUID NAMESPACE = UUID.fromString("6f1f9c0e-7d5b-5b8e-9a43-0c7f7c1f2d11");
    private static final int CHARACTERS = 36;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new UUIDv7. */
    public static String newId(long epochMillis) {
        return newId(epochMillis, RANDOM);
    }

    /** A new UUIDv7 with its chance given, so that a simulation can repeat it. */
    public static String newId(long epochMillis, RandomGenerator random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        for (int i = 0; i < 6; i++) {
            bytes[i] = (byte) (epochMillis >>> (40 - 8 * i));
        }
        return versioned(bytes, 7).toString();
    }

    /**
     * The command id that follows from a client's idempotency key: a UUIDv5 of principal, key, verb
     * and target, so that the same key for another verb or target is another command.
     */
    public static String commandId(String principal, String key, Command command) {
        return commandId(principal, key, command.type().topic(), command.target());
    }

    /**
     * The same for a payload that is no valid command.
     *
     * @param topic stands for the verb
     * @param target the aggregate that it names, when that at least can be read
     */
    public static String commandId(
            String principal, String key, String topic, Optional<String> target) {
        return byName("command", principal, key, topic, target.orElse(""));
    }

    /** The id of the aggregate that a command makes. */
    public static String aggregateId(String aggregate, String principal, String commandId) {
        return byName("aggregate", aggregate, principal, commandId);
    }

    /**
     * The id of a command that an order's saga sends: asking again for the same attempt is the same
     * command.
     *
     * @param step {@code DEBIT_PAYMENT}
     * @param undo whether it takes the step back
     */
    public static String sagaCommand(String orderId, String step, boolean undo, int attempt) {
        return byName("saga", orderId, step, undo ? "undo" : "do", Integer.toString(attempt));
    }

    /** The id of the command by which a saga hears what is recorded for one that it sent. */
    public static String replyTo(String principal, String commandId) {
        return byName("reply", principal, commandId);
    }

    /**
     * The id of the command by which a saga hears that once more.
     *
     * @param asked when it asked again
     */
    public static String replyAgainTo(String principal, String commandId, Instant asked) {
        return byName("reply", principal, commandId, asked.toString());
    }

    /**
     * The id of the command that a timer causes when it is due. One that is set anew causes another
     * command, even if it is for the same time.
     *
     * @param position of the commit that set it, which a restored store may give to another
     * @param hours how many have passed since: a timer that stands still causes another command
     *     each hour, since the one before came to nothing
     */
    public static String timerCommand(
            String stream, String timer, Instant due, long position, long hours) {
        return byName(
                "timer",
                stream,
                timer,
                due.toString(),
                Long.toString(position),
                Long.toString(hours));
    }

    /** The UUID that a text is, in lower case; empty when it is none. */
    public static Optional<String> uuid(String text) {
        return isUuid(text) ? Optional.of(text.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static boolean isUuid(String text) {
        if (text.length() != CHARACTERS) {
            return false;
        }
        for (int i = 0; i < CHARACTERS; i++) {
            char c = text.charAt(i);
            boolean fits =
                    switch (i) {
                        case 8, 13, 18, 23 -> c == '-';
                        default -> HexFormat.isHexDigit(c);
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /**
     * The UUID that bytes are: its 36 characters, or sixteen bytes of the variant that RFC 9562
     * fixes, which sixteen letters and digits are not; empty when they are none.
     */
    public static Optional<String> uuid(byte[] bytes) {
        if (bytes.length == 16 && (bytes[8] & 0xc0) == 0x80) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return Optional.of(new UUID(buffer.getLong(), buffer.getLong()).toString());
        }
        return bytes.length == CHARACTERS
                ? uuid(new String(bytes, StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    private static String byName(String... parts) {
        MessageDigest sha1;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
        sha1.update(
                ByteBuffer.allocate(16)
                        .putLong(NAMESPACE.getMostSignificantBits())
                        .putLong(NAMESPACE.getLeastSignificantBits())
                        .array());
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha1.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            sha1.update(bytes);
        }
        return versioned(sha1.digest(), 5).toString();
    }

    private static UUID versioned(byte[] bytes, int version) {
        bytes[6] = (byte) ((bytes[6] & 0x0f) | (version << 4));
        bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
