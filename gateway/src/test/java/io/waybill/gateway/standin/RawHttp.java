package io.waybill.gateway.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends HTTP as it is written, to be able to send what no client library would. */
public final class RawHttp {

    private RawHttp() {}

    /** What came back, headers and all, once the server closed or went quiet. */
    public static String exchange(int port, String request) {
        return exchange(port, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static String exchange(int port, byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request);
                out.flush();
            } catch (IOException e) {
                // the server may close before it has read everything; what it said can still be
                // read
            }
            return answer(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What came back, until the server closed, to a client that reads only once all is sent. Of a
     * server with a {@link ShortWindow}, which then has taken all but the last of it.
     *
     * @throws UncheckedIOException when not all could be sent, or the connection was reset
     */
    public static String sentWhole(int port, String request) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(10_000);
            socket.setSendBufferSize(ShortWindow.BYTES);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                answer.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                if (isWhole(answer)) {
                    break;
                }
            }
        } catch (IOException e) {
            // reset after an early refusal: what was read counts
        }
        return answer.toString();
    }

    private static boolean isWhole(CharSequence answer) {
        String text = answer.toString();
        int body = text.indexOf("\r\n\r\n");
        int length = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        if (body < 0 || length < 0 || length > body) {
            return false;
        }
        int announced =
                Integer.parseInt(text.substring(length + 16, text.indexOf('\r', length)).strip());
        return text.substring(body + 4).getBytes(StandardCharsets.UTF_8).length >= announced;
    }
}
