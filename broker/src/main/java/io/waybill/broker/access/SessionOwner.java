package io.waybill.broker.access;

import io.waybill.wire.identity.Principal;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whose a session is. The broker keeps sessions by client id, and nothing else of them is there
 * after a restart; so the id itself says it. A role's id is its own name. A client's is put under
 * its principal's name when it connects: {@code till-7} of {@code ada} is {@code @ada/till-7}
 * inside.
 */
sealed interface SessionOwner {

    /** What the ids of roles begin with; clients may not use such. */
    String ROLE_PREFIX = "waybill-";

    /** What the user names of roles begin with. */
    String ROLE_USER_PREFIX = "role:";

    /** A writer. */
    record Writer() implements SessionOwner {}

    /** A gateway. */
    record Gateway(String id) implements SessionOwner {}

    /** A client. */
    record Client(Principal principal) implements SessionOwner {}

    /** The owner that a client id names, as the broker keeps it; empty when it names none. */
    static Optional<SessionOwner> of(String clientId) {
        if (clientId.startsWith("@")) {
            return Optional.of(new Client(new Principal(decoded(clientId))));
        }
        if (clientId.startsWith(ROLE_PREFIX + "writer-")) {
            return Optional.of(new Writer());
        }
        String gateway = ROLE_PREFIX + "gateway-";
        return clientId.startsWith(gateway) && isOneLevel(clientId.substring(gateway.length()))
                ? Optional.of(new Gateway(clientId.substring(gateway.length())))
                : Optional.empty();
    }

    /**
     * The id under which a session of a principal's client is kept. Naming it twice is naming it
     * once.
     */
    static String clientId(Principal principal, String given) {
        String prefix = "@" + URLEncoder.encode(principal.name(), StandardCharsets.UTF_8) + "/";
        return given.startsWith(prefix) ? given : prefix + given;
    }

    /** The id as the client gave it. */
    static String givenId(String clientId) {
        return clientId.startsWith("@") ? clientId.substring(clientId.indexOf('/') + 1) : clientId;
    }

    private static String decoded(String clientId) {
        int slash = clientId.indexOf('/');
        return URLDecoder.decode(
                clientId.substring(1, slash < 0 ? clientId.length() : slash),
                StandardCharsets.UTF_8);
    }

    private static boolean isOneLevel(String id) {
        return !id.isEmpty() && id.chars().noneMatch(c -> c == '/' || c == '+' || c == '#');
    }
}
