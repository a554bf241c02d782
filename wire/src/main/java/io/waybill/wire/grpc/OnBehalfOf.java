package io.waybill.wire.grpc;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.waybill.wire.identity.Principal;

import java.util.concurrent.Executor;

/**
 * Names the user that a gateway calls for: {@code
 * stub.withCallCredentials(OnBehalfOf.of(principal))}.
 */
public final class OnBehalfOf {

    private OnBehalfOf() {}

    /** Believed only from a gateway. */
    public static CallCredentials of(Principal principal) {
        Metadata headers = new Metadata();
        headers.put(Headers.PRINCIPAL, principal.name());
        return new CallCredentials() {
            @Override
            public void applyRequestMetadata(
                    RequestInfo request, Executor executor, MetadataApplier applier) {
                applier.apply(headers);
            }

            @Override
            public String toString() {
                return "on behalf of " + principal;
            }
        };
    }
}
