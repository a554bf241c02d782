package io.waybill.wire.identity;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The secrets of one installation: a folder with a random secret for each role ({@code
 * writer.secret}, made when missing, readable by its owner alone) and optionally {@code
 * principals.json}, which names users:
 *
 * <pre>{"ada": {"token": "...", "password": "..."}}</pre>
 *
 * <p>Processes that share the folder know each other, in whatever order they start. Immutable;
 * compares secrets in constant time; shows none in {@link #toString()}.
 */
public final class Credentials {

    private Credentials() {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens the folder, making it and what is missing in it.
     *
     * @throws java.io.UncheckedIOException when it cannot be used; the message names the file
     * @throws IllegalArgumentException when {@code principals.json} is not as it should be; the
     *     message says where
     */
    public static Credentials open(Path folder) {
        throw new UnsupportedOperationException(folder.toString());
    }

    /** The secret by which a role is known. */
    public String secret(Role role) {
        throw new UnsupportedOperationException(role.label());
    }

    /** Whether a secret is that role's. */
    public boolean isSecretOf(Role role, String secret) {
        throw new UnsupportedOperationException(role.label() + secret);
    }

    /** The principal of a bearer token (HTTP, gRPC). */
    public Optional<Principal> byToken(String token) {
        throw new UnsupportedOperationException(token);
    }

    /** The principal of a user name and password (MQTT). */
    public Optional<Principal> byPassword(String user, String password) {
        throw new UnsupportedOperationException(user + password);
    }

    /** Whether users are named: what listening beyond loopback needs. */
    public boolean namesPrincipals() {
        throw new UnsupportedOperationException();
    }
}
