package io.waybill.gateway.web;

import jakarta.servlet.http.HttpServletResponse;

import java.time.Duration;

/** When a client may try again, as HTTP says it: in whole seconds. */
public final class RetryAfter {

    private static final String HEADER = "Retry-After";

    private RetryAfter() {}

    /** Says it in an answer that is not sent yet: rounded up, so that nobody comes too early. */
    public static void say(HttpServletResponse response, Duration wait) {
        response.setHeader(HEADER, Long.toString(seconds(wait)));
    }

    /** At least one: at once would be a storm. */
    static long seconds(Duration wait) {
        return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
