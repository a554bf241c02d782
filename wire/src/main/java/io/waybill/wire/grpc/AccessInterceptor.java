package io.waybill.wire.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.util.Set;

/** Lets through what the table allows, and everything of services that are for anyone. */
final class AccessInterceptor implements ServerInterceptor {

    private final Access access;
    private final Set<String> openServices;

    AccessInterceptor(Access access, Set<String> openServices) {
        this.access = access;
        this.openServices = Set.copyOf(openServices);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        String service = String.valueOf(call.getMethodDescriptor().getServiceName());
        if (!openServices.contains(service) && !access.allows(method, Caller.current())) {
            throw new WaybillException(
                    ErrorCode.PERMISSION_DENIED, method + " is not for this caller");
        }
        return next.startCall(call, headers);
    }
}
