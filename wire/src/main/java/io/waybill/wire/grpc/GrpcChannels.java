package io.waybill.wire.grpc;

import io.grpc.ManagedChannel;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;

/** Channels to other roles, which carry the caller's own role and secret with every call. */
public final class GrpcChannels {

    private GrpcChannels() {}

    /** A channel to a server in this JVM, by its in-process name. */
    public static ManagedChannel inProcess(String name, Role caller, Credentials credentials) {
        throw new UnsupportedOperationException(name + caller + credentials);
    }

    /**
     * A plaintext channel to {@code host:port}, which connects again by itself within about a
     * second.
     */
    public static ManagedChannel tcp(String target, Role caller, Credentials credentials) {
        throw new UnsupportedOperationException(target + caller + credentials);
    }
}
