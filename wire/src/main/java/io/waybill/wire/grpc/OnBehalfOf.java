package io.waybill.wire.grpc;

import io.grpc.CallCredentials;
import io.waybill.wire.identity.Principal;

/**
 * Names the user that a gateway calls for: {@code
 * stub.withCallCredentials(OnBehalfOf.of(principal))}.
 */
public final class OnBehalfOf {

    private OnBehalfOf() {}

    /** Believed only from a gateway. */
    public static CallCredentials of(Principal principal) {
        throw new UnsupportedOperationException(principal.name());
    }
}
