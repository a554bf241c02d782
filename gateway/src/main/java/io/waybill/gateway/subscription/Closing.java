package io.waybill.gateway.subscription;

import org.springframework.web.socket.CloseStatus;

/** The close codes of the protocol, and the few of WebSocket itself that are used beside them. */
final class Closing {

    static final CloseStatus UNAUTHORIZED = new CloseStatus(4401, "Unauthorized");
    static final CloseStatus NO_SUBPROTOCOL =
            new CloseStatus(4406, "Subprotocol not acceptable: offer graphql-transport-ws");
    static final CloseStatus INIT_TIMEOUT =
            new CloseStatus(4408, "Connection initialisation timeout");
    static final CloseStatus TOO_MANY_INITS =
            new CloseStatus(4429, "Too many initialisation requests");
    static final CloseStatus TOO_MANY_CONNECTIONS =
            new CloseStatus(1013, "Too many connections: try again later");
    static final CloseStatus TOO_LONG = new CloseStatus(1009, "The message is too long");
    static final CloseStatus TOO_SLOW =
            new CloseStatus(1008, "Results are not taken off fast enough");
    static final CloseStatus SILENT = new CloseStatus(1001, "No answer to a ping");
    static final CloseStatus GOING_AWAY = new CloseStatus(1001, "Waybill stops");

    /** The most bytes that a reason may have. */
    private static final int LONGEST_REASON = 120;

    private Closing() {}

    /** A message that the protocol does not know. */
    static CloseStatus malformed(String why) {
        return new CloseStatus(4400, shortened(why));
    }

    /** An id that is in use. */
    static CloseStatus duplicate(String id) {
        return new CloseStatus(4409, shortened("Subscriber for " + id + " already exists"));
    }

    private static String shortened(String reason) {
        StringBuilder ascii = new StringBuilder();
        reason.chars()
                .limit(LONGEST_REASON)
                .forEach(c -> ascii.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return ascii.toString();
    }
}
