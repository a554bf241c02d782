package io.waybill.wire.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthGrpc;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.identity.Role;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Finds out who calls and puts it into the call's context. Credentials that are wrong end the call.
 */
final class IdentityInterceptor implements ServerInterceptor {

    private static final String BEARER = "Bearer ";

    private final Credentials credentials;

    IdentityInterceptor(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Caller caller = identify(headers);
        if (caller.equals(Caller.ANONYMOUS)
                && !credentials.anonymousAllowed()
                && !isHealth(call.getMethodDescriptor())) {
            throw unauthenticated("this server takes no calls without a bearer token");
        }
        Context context = Context.current().withValue(Caller.KEY, caller);
        return Contexts.interceptCall(context, call, headers, next);
    }

    /** Whoever watches over a process asks for its health without credentials. */
    private static boolean isHealth(MethodDescriptor<?, ?> method) {
        return HealthGrpc.SERVICE_NAME.equals(method.getServiceName());
    }

    private Caller identify(Metadata headers) {
        Optional<Role> role = role(headers);
        Optional<Principal> user = bearer(headers);
        String onBehalfOf = onBehalfOf(headers);
        if (onBehalfOf == null) {
            return role.isEmpty() && user.isEmpty()
                    ? Caller.ANONYMOUS
                    : new Caller(role, user.orElse(Principal.ANONYMOUS));
        }
        if (!role.equals(Optional.of(Role.GATEWAY))) {
            throw unauthenticated("only a gateway may name the user it calls for");
        }
        return new Caller(role, new Principal(onBehalfOf));
    }

    private static @Nullable String onBehalfOf(Metadata headers) {
        try {
            return headers.get(Headers.PRINCIPAL);
        } catch (IllegalArgumentException e) {
            throw unauthenticated("the name of the user is not percent-encoded");
        }
    }

    private Optional<Role> role(Metadata headers) {
        String label = headers.get(Headers.ROLE);
        String secret = headers.get(Headers.SECRET);
        if (label == null && secret == null) {
            return Optional.empty();
        }
        Optional<Role> role = Role.labelled(label == null ? "" : label);
        if (role.isEmpty() || secret == null || !credentials.isSecretOf(role.get(), secret)) {
            throw unauthenticated("the role's secret is wrong");
        }
        return role;
    }

    private Optional<Principal> bearer(Metadata headers) {
        String authorization = headers.get(Headers.AUTHORIZATION);
        if (authorization == null) {
            return Optional.empty();
        }
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw unauthenticated("the authorization must be a bearer token");
        }
        Optional<Principal> user =
                credentials.byToken(authorization.substring(BEARER.length()).strip());
        if (user.isEmpty()) {
            throw unauthenticated("the bearer token is not known");
        }
        return user;
    }

    private static WaybillException unauthenticated(String sentence) {
        return new WaybillException(ErrorCode.UNAUTHENTICATED, sentence);
    }
}
