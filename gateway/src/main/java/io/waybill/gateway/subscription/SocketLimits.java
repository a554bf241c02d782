package io.waybill.gateway.subscription;

import java.time.Duration;

/**
 * What WebSocket clients may use.
 *
 * @param connections open at a time, of all clients together
 * @param operations running at a time on one connection
 * @param messageCharacters the longest message
 * @param initTimeout how long a client may take to say who it is
 * @param keepAlive how often a connection is tested; one that answers neither of two tests in a row
 *     is closed when the third is due
 */
public record SocketLimits(
        int connections,
        int operations,
        int messageCharacters,
        Duration initTimeout,
        Duration keepAlive) {

    /** Room for many browsers and none for a flood. */
    public static final SocketLimits STANDARD =
            new SocketLimits(
                    1_000, 100, 256 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(20));
}
