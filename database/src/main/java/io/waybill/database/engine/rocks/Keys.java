package io.waybill.database.engine.rocks;

import com.google.protobuf.ByteString;

import io.waybill.proto.command.v1.CommandIdentity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How keys are made; see the package's description. No part before the last holds a zero byte. */
final class Keys {

    static final byte[] STORE = "store".getBytes(StandardCharsets.US_ASCII);

    private Keys() {}

    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    static byte[] streamVersion(String stream, long version) {
        byte[] name = stream.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 1 + Long.BYTES)
                .put(name)
                .put((byte) 0)
                .putLong(version)
                .array();
    }

    static byte[] streamHead(String stream) {
        return streamVersion(stream, 0);
    }

    /** The first key after all versions of a stream. */
    static byte[] streamEnd(String stream) {
        return prefixed(stream, (byte) 1, ByteString.EMPTY);
    }

    static byte[] command(CommandIdentity command) {
        return prefixed(command.getPrincipal(), (byte) 0, command.getCommandIdBytes());
    }

    static byte[] row(String table, ByteString key) {
        return prefixed(table, (byte) 0, key);
    }

    static byte[] indexed(String table, String index, ByteString key) {
        return prefixed(table + '\0' + index, (byte) 0, key);
    }

    /** The first key after all entries of an index. */
    static byte[] indexEnd(String table, String index) {
        return prefixed(table + '\0' + index, (byte) 1, ByteString.EMPTY);
    }

    static byte[] checkpoint(String table) {
        return ("checkpoint/" + table).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] prefixed(String prefix, byte separator, ByteString key) {
        byte[] name = prefix.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[name.length + 1 + key.size()];
        System.arraycopy(name, 0, bytes, 0, name.length);
        bytes[name.length] = separator;
        key.copyTo(bytes, name.length + 1);
        return bytes;
    }
}
