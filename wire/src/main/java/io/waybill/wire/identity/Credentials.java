package io.waybill.wire.identity;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
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

    private final Path folder;
    private final Map<Role, Secret> roles;
    private final Principals principals;
    private final boolean anonymousAllowed;

    private Credentials(Path folder, Map<Role, Secret> roles, Principals principals) {
        this(folder, roles, principals, true);
    }

    private Credentials(
            Path folder, Map<Role, Secret> roles, Principals principals, boolean anonymousAllowed) {
        this.folder = folder;
        this.roles = roles;
        this.principals = principals;
        this.anonymousAllowed = anonymousAllowed;
    }

    /**
     * Opens the folder, making it and what is missing in it.
     *
     * @throws java.io.UncheckedIOException when it cannot be used; the message names the file
     * @throws IllegalArgumentException when {@code principals.json} or a secret is not as it should
     *     be; the message says where
     */
    public static Credentials open(Path folder) {
        SecretFolder secrets = SecretFolder.open(folder);
        Map<Role, Secret> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            roles.put(role, secrets.secret(role));
        }
        return new Credentials(folder, roles, Principals.read(folder.resolve(Principals.FILE)));
    }

    /** The secret by which a role is known. */
    public String secret(Role role) {
        return of(role).text();
    }

    /** Whether a secret is that role's. */
    public boolean isSecretOf(Role role, String secret) {
        return of(role).is(secret);
    }

    /** The principal of a bearer token (HTTP, gRPC). */
    public Optional<Principal> byToken(String token) {
        return principals.byToken(token);
    }

    /** The principal of a user name and password (MQTT). */
    public Optional<Principal> byPassword(String user, String password) {
        return principals.byPassword(user, password);
    }

    /** Whether users are named: what listening beyond loopback needs. */
    public boolean namesPrincipals() {
        return !principals.isEmpty();
    }

    /** Whether who gives no credentials may come in, as {@link Principal#ANONYMOUS}. */
    public boolean anonymousAllowed() {
        return anonymousAllowed;
    }

    /** The same credentials, for doors that nobody may use without. */
    public Credentials withoutAnonymous() {
        return new Credentials(folder, roles, principals, false);
    }

    private Secret of(Role role) {
        Secret secret = roles.get(role);
        if (secret == null) {
            throw new IllegalStateException(
                    "every role has a secret, but " + role.label() + " has none");
        }
        return secret;
    }

    @Override
    public String toString() {
        return "credentials in " + folder;
    }
}
