package io.waybill.wire.grpc;

import io.grpc.Context;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.identity.Role;

import java.util.Optional;

/**
 * Who makes a call.
 *
 * @param role the role whose secret was given; empty for a client from outside
 * @param principal the user: named by a gateway, or by a token of the credentials file, else
 *     anonymous
 */
public record Caller(Optional<Role> role, Principal principal) {

    /** A client that gave no credentials. */
    public static final Caller ANONYMOUS = new Caller(Optional.empty(), Principal.ANONYMOUS);

    static final Context.Key<Caller> KEY = Context.keyWithDefault("caller", ANONYMOUS);

    /** The caller of the call that is being served on this thread. */
    public static Caller current() {
        return KEY.get();
    }
}
