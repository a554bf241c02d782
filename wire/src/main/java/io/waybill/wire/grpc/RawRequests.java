package io.waybill.wire.grpc;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;

import java.io.InputStream;

/**
 * Has requests decoded behind the interceptors, not before them: a caller who may not call is told
 * so first, and what cannot be decoded is a failure that an interceptor sees. gRPC itself would end
 * such a call with UNKNOWN and log a stack trace.
 *
 * <p>Messages pass the interceptors as the streams that they travel as; nothing is copied.
 */
final class RawRequests {

    private static final Marshaller<InputStream> AS_IT_COMES =
            new Marshaller<>() {
                @Override
                public InputStream stream(InputStream message) {
                    return message;
                }

                @Override
                public InputStream parse(InputStream message) {
                    return message;
                }
            };

    private RawRequests() {}

    /** The service with its methods so wrapped. */
    static ServerServiceDefinition of(BindableService service) {
        return ServerInterceptors.useMarshalledMessages(service.bindService(), AS_IT_COMES);
    }
}
