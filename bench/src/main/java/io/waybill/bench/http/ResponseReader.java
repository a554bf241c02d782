package io.waybill.bench.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Puts one response together from what a connection brings: a body of a given length, or in chunks
 * (RFC 9112). Responses are not pipelined: what follows a whole one is an error. Not thread-safe.
 */
final class ResponseReader {

    private static final int MOST_BYTES = 64 << 20;

    private byte[] bytes = new byte[4 << 10];
    private int length;
    // Set when the head was read.
    private int bodyBegin = -1;
    private int status;
    private int contentLength;
    private boolean chunked;
    private boolean last;
    // How far chunks were read, and what they held.
    private int chunkAt;
    private byte[] unchunked = new byte[0];
    private int unchunkedLength;

    /** Takes what has come; the whole response when that completes it. */
    @Nullable Response take(ByteBuffer received) throws IOException {
        if (length + received.remaining() > MOST_BYTES) {
            throw new IOException("a response has more than 64 MB");
        }
        if (length + received.remaining() > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + received.remaining()));
        }
        int from = length;
        length += received.remaining();
        received.get(bytes, from, received.remaining());
        if (bodyBegin < 0 && !readHead(Math.max(0, from - 3))) {
            return null;
        }
        return chunked ? readChunks() : readBody();
    }

    /** Whether the other side closes the connection after the response that was read last. */
    boolean wasTheLast() {
        return last;
    }

    private @Nullable Response readBody() throws IOException {
        int end = bodyBegin + contentLength;
        if (length < end) {
            return null;
        }
        return whole(end, Arrays.copyOfRange(bytes, bodyBegin, end));
    }

    private Response whole(int end, byte[] body) throws IOException {
        if (end != length) {
            throw new IOException("a response is followed by more than was asked for");
        }
        Response response = new Response(status, body);
        length = 0;
        bodyBegin = -1;
        return response;
    }

    private boolean readHead(int from) throws IOException {
        int end = -1;
        for (int i = from; i + 3 < length; i++) {
            if (bytes[i] == '\r'
                    && bytes[i + 1] == '\n'
                    && bytes[i + 2] == '\r'
                    && bytes[i + 3] == '\n') {
                end = i;
                break;
            }
        }
        if (end < 0) {
            return false;
        }
        String head =
                new String(bytes, 0, end + 2, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (!head.startsWith("http/1.1 ")) {
            throw new IOException(
                    "not an HTTP/1.1 response: " + head.lines().findFirst().orElse(""));
        }
        status = Integer.parseInt(head.substring(9, 12));
        chunked = header(head, "transfer-encoding").contains("chunked");
        last = header(head, "connection").equals("close");
        String size = header(head, "content-length");
        if (!chunked && size.isEmpty() && status != 204) {
            throw new IOException("a response without a length");
        }
        contentLength = size.isEmpty() ? 0 : Integer.parseInt(size);
        bodyBegin = end + 4;
        chunkAt = bodyBegin;
        unchunkedLength = 0;
        return true;
    }

    private static String header(String head, String name) {
        int at = head.indexOf("\r\n" + name + ":");
        if (at < 0) {
            return "";
        }
        int begin = at + name.length() + 3;
        return head.substring(begin, head.indexOf("\r\n", begin)).trim();
    }

    private @Nullable Response readChunks() throws IOException {
        while (true) {
            int lineEnd = lineEnd(chunkAt);
            if (lineEnd < 0) {
                return null;
            }
            int size = chunkSize(chunkAt, lineEnd);
            int begin = lineEnd + 2;
            // The last chunk is empty; no trailers are expected after it.
            if (length < begin + size + 2) {
                return null;
            }
            if (size == 0) {
                return whole(begin + 2, Arrays.copyOf(unchunked, unchunkedLength));
            }
            keep(begin, size);
            chunkAt = begin + size + 2;
        }
    }

    private void keep(int begin, int size) {
        if (unchunkedLength + size > unchunked.length) {
            unchunked =
                    Arrays.copyOf(
                            unchunked, Math.max(unchunked.length * 2, unchunkedLength + size));
        }
        System.arraycopy(bytes, begin, unchunked, unchunkedLength, size);
        unchunkedLength += size;
    }

    private int lineEnd(int from) {
        for (int i = from; i + 1 < length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private int chunkSize(int begin, int end) throws IOException {
        String line = new String(bytes, begin, end - begin, StandardCharsets.ISO_8859_1);
        int extension = line.indexOf(';');
        try {
            return Integer.parseInt(
                    (extension < 0 ? line : line.substring(0, extension)).trim(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("a chunk has no size but '" + line + "'", e);
        }
    }
}
