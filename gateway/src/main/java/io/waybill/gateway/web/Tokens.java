package io.waybill.gateway.web;

import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Principal;

import java.util.Optional;

/** Who is behind a bearer token; what {@code Credentials.byToken} answers. */
@FunctionalInterface
public interface Tokens {

    /** The tokens of these credentials, which also say whether one may come without. */
    static Tokens of(Credentials credentials) {
        return new Tokens() {
            @Override
            public Optional<Principal> principal(String token) {
                return credentials.byToken(token);
            }

            @Override
            public Optional<Principal> anonymous() {
                return credentials.anonymousAllowed()
                        ? Optional.of(Principal.ANONYMOUS)
                        : Optional.empty();
            }
        };
    }

    /** The token's principal; empty for a token that is not known. */
    Optional<Principal> principal(String token);

    /** Who comes without a token; empty where nobody may. */
    default Optional<Principal> anonymous() {
        return Optional.of(Principal.ANONYMOUS);
    }

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
