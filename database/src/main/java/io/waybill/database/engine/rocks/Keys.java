package io.waybill.database.engine.rocks;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

import io.waybill.proto.command.v1.CommandIdentity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How keys are made; see the package's description. No part before the last holds a zero byte. */
final class Keys {

    static final byte[] STORE = "store".getBytes(StandardCharsets.US_ASCII);

    private static final int DUE_BYTES = Long.BYTES + Integer.BYTES;

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

    /** The first key after another. */
    static byte[] justBehind(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    static byte[] command(CommandIdentity command) {
        return prefixed(command.getPrincipal(), (byte) 0, command.getCommandIdBytes());
    }

    static byte[] timer(String stream, String name) {
        return prefixed(stream, (byte) 0, ByteString.copyFromUtf8(name));
    }

    /** Times in their order, those before 1970 too. */
    static byte[] due(Timestamp time) {
        return ByteBuffer.allocate(DUE_BYTES)
                .putLong(time.getSeconds() ^ Long.MIN_VALUE)
                .putInt(time.getNanos())
                .array();
    }

    static byte[] due(byte[] time, byte[] timer) {
        return ByteBuffer.allocate(DUE_BYTES + timer.length).put(time).put(timer).array();
    }

    /** The first key behind a timer. */
    static byte[] dueBehind(Timestamp time, byte[] timer) {
        return ByteBuffer.allocate(DUE_BYTES + timer.length + 1)
                .put(due(due(time), timer))
                .put((byte) 0)
                .array();
    }

    /** After every timer. */
    static byte[] dueEnd() {
        byte[] end = new byte[DUE_BYTES];
        Arrays.fill(end, (byte) 0xff);
        return end;
    }

    static byte[] stream(String stream) {
        return stream.getBytes(StandardCharsets.UTF_8);
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
