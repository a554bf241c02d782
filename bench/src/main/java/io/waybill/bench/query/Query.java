package io.waybill.bench.query;

import io.waybill.bench.http.Response;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A query that is asked over and over.
 *
 * @param name what it is called, among others
 * @param request its bytes
 * @param right whether an answer is as it should be
 */
@SuppressWarnings("ArrayRecordComponent") // Queries are told apart by what they are, not by value.
public record Query(String name, byte[] request, Predicate<Response> right) {

    private static final byte[] ID = "\"id\"".getBytes(StandardCharsets.US_ASCII);

    /** Whether a list holds so many things, each of which has an id. */
    public static Predicate<Response> lists(int things) {
        return response -> response.status() == 200 && ids(response.body()) == things;
    }

    private static int ids(byte[] body) {
        int ids = 0;
        for (int i = 0; i + ID.length <= body.length; i++) {
            if (body[i] == ID[0] && Arrays.equals(body, i, i + ID.length, ID, 0, ID.length)) {
                ids++;
            }
        }
        return ids;
    }
}
