package io.waybill.gateway.web;

import jakarta.servlet.http.HttpServletRequest;

import java.io.IOException;
import java.util.Optional;

/** Reads a request's body as far as it may go. */
public final class Body {

    private Body() {}

    /**
     * The whole body; empty when it is longer than the limit, of which no more than that is then
     * read.
     *
     * @param most in bytes
     */
    public static Optional<byte[]> read(HttpServletRequest request, int most) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > most) {
            return Optional.empty();
        }
        if (announced >= 0) {
            return Optional.of(request.getInputStream().readNBytes((int) announced));
        }
        byte[] body = request.getInputStream().readNBytes(most + 1);
        return body.length > most ? Optional.empty() : Optional.of(body);
    }
}
