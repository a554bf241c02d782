package io.waybill.gateway.web;

import io.waybill.wire.identity.Principal;

import java.util.Optional;

/** Who is behind a bearer token; what {@code Credentials.byToken} answers. */
@FunctionalInterface
public interface Tokens {

    /** The token's principal; empty for a token that is not known. */
    Optional<Principal> principal(String token);

    /**
     * The principal of an {@code Authorization} value; empty when it is not a known bearer token.
     *
     * @param authorization {@code Bearer <token>}
     */
    default Optional<Principal> authorized(String authorization) {
        String scheme = "Bearer ";
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? principal(authorization.substring(scheme.length()).strip())
                : Optional.empty();
    }
}
