package io.waybill.gateway;

import io.waybill.gateway.graphql.sse.StreamLimits;
import io.waybill.gateway.subscription.SocketLimits;

import java.time.Duration;
import java.util.Set;

/**
 * How the GraphQL door is set up.
 *
 * @param bound the address that is listened on
 * @param allowedHosts host names that are answered to, beside the names of loopback
 * @param bodyBytes the longest body of a request
 * @param requestLimit how long a request may take
 * @param longestWait how much longer one that waits for a command's outcome
 * @param sockets what WebSocket clients may use
 * @param streams what clients of event streams may use
 * @param currency of amounts that name none, ISO 4217
 */
public record DoorSettings(
        String bound,
        Set<String> allowedHosts,
        int bodyBytes,
        Duration requestLimit,
        Duration longestWait,
        SocketLimits sockets,
        StreamLimits streams,
        String currency) {

    private static final int STANDARD_BODY_BYTES = 256 * 1024;
    private static final Duration STANDARD_LIMIT = Duration.ofSeconds(5);

    /**
     * The standard limits.
     *
     * @param delay the writer's simulated delay
     * @param currency of amounts that name none, ISO 4217
     */
    public static DoorSettings standard(
            String bound, Set<String> allowedHosts, Duration delay, String currency) {
        return new DoorSettings(
                bound,
                Set.copyOf(allowedHosts),
                STANDARD_BODY_BYTES,
                STANDARD_LIMIT,
                delay.plusSeconds(5),
                SocketLimits.STANDARD,
                StreamLimits.STANDARD,
                currency);
    }
}
