package io.waybill.gateway.graphql.sse;

import java.time.Duration;

/**
 * What clients of event streams may use.
 *
 * @param streams open at a time, of all clients together
 * @param perClient open at a time of one client: a principal at an address
 * @param keepAlive how often a quiet stream is written to: what a client that left is found by
 */
public record StreamLimits(int streams, int perClient, Duration keepAlive) {

    /** As many as WebSocket clients may have. */
    public static final StreamLimits STANDARD = new StreamLimits(1_000, 100, Duration.ofSeconds(5));
}
