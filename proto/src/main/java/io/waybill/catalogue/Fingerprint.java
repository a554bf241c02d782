package io.waybill.catalogue;

import com.google.protobuf.CodedOutputStream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Tells one content from another under the same identity: 16 bytes of SHA-256 over the topic and
 * the normalised message in protobuf's deterministic form. Depends on the business fields alone,
 * not on encoding, door, time or trace.
 */
public final class Fingerprint {

    private static final int BYTES = 16;

    private Fingerprint() {}

    static byte[] of(Command command) {
        return digest(command.type().topic(), deterministic(command));
    }

    /** The fingerprint of a payload that could not be decoded: of its bytes as they are. */
    public static byte[] ofUndecodable(String topic, byte[] payload) {
        return digest(topic, payload);
    }

    private static byte[] deterministic(Command command) {
        byte[] bytes = new byte[command.message().getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            command.message().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    private static byte[] digest(String topic, byte[] content) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        sha256.update(topic.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        return Arrays.copyOf(sha256.digest(content), BYTES);
    }
}
