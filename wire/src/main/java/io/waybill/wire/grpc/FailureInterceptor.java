package io.waybill.wire.grpc;

import com.google.protobuf.InvalidProtocolBufferException;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns what a service throws, or ends a call with, into what {@link Failures} says of it; a
 * request that is no protobuf into UNDECODABLE. Must stand before all other interceptors, so that
 * it sees what they throw. Faults of Waybill's own are logged here, once.
 */
final class FailureInterceptor implements ServerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(FailureInterceptor.class);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        GuardedCall<Q, A> guarded = new GuardedCall<>(call);
        try {
            return new GuardedListener<>(next.startCall(guarded, headers), guarded);
        } catch (RuntimeException e) {
            guarded.fail(e);
            return new ServerCall.Listener<>() {};
        }
    }

    /** Ends a call at most once, with a mapped status; ignores what is sent after a failure. */
    private static final class GuardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final AtomicBoolean closed = new AtomicBoolean();

        GuardedCall(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void sendMessage(A message) {
            if (!closed.get()) {
                super.sendMessage(message);
            }
        }

        @Override
        public void close(Status status, Metadata trailers) {
            Throwable cause = status.getCause();
            if (status.getCode() == Status.Code.UNKNOWN && cause != null) {
                fail(cause);
            } else if (closed.compareAndSet(false, true)) {
                super.close(status, trailers);
            }
        }

        void fail(Throwable failure) {
            StatusRuntimeException mapped = Failures.toStatus(failure);
            if (mapped.getStatus().getCode() == Status.Code.INTERNAL) {
                LOG.error(
                        "the call {} failed by a fault of Waybill's own; its caller is told so",
                        getMethodDescriptor().getFullMethodName(),
                        failure);
            }
            if (closed.compareAndSet(false, true)) {
                Metadata trailers = mapped.getTrailers();
                super.close(mapped.getStatus(), trailers == null ? new Metadata() : trailers);
            }
        }
    }

    private static final class GuardedListener<Q, A> extends SimpleForwardingServerCallListener<Q> {

        private final GuardedCall<Q, A> call;

        GuardedListener(ServerCall.Listener<Q> listener, GuardedCall<Q, A> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            try {
                super.onMessage(message);
            } catch (RuntimeException e) {
                call.fail(isUndecodable(e) ? undecodable(e) : e);
            }
        }

        /** As protobuf's marshaller says it; see {@link RawRequests} for why it says it here. */
        private static boolean isUndecodable(RuntimeException failure) {
            return failure instanceof StatusRuntimeException
                    && failure.getCause() instanceof InvalidProtocolBufferException;
        }

        private WaybillException undecodable(RuntimeException cause) {
            String method = call.getMethodDescriptor().getFullMethodName();
            LOG.debug("{} got a request that cannot be decoded", method, cause);
            return new WaybillException(
                            ErrorCode.UNDECODABLE,
                            "the request is not the protobuf message that " + method + " takes")
                    .causedBy(cause);
        }

        @Override
        public void onHalfClose() {
            guard(super::onHalfClose);
        }

        @Override
        public void onReady() {
            guard(super::onReady);
        }

        private void guard(Runnable callback) {
            try {
                callback.run();
            } catch (RuntimeException e) {
                call.fail(e);
            }
        }
    }
}
