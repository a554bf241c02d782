package io.waybill.bench.http;

import java.io.IOException;

/**
 * A request and who hears its answer, on the loop's thread.
 *
 * @param request its bytes
 * @param answer hears the answer
 */
public record Exchange(byte[] request, Answer answer) {

    /** Hears what became of a request: exactly one of the two, once. */
    public interface Answer {

        /** The answer came, whole, at this {@link System#nanoTime()}. */
        void answered(Response response, long now);

        /**
         * The connection broke before the whole answer came: whether the request took effect is not
         * known.
         */
        void broken(IOException cause);
    }
}
