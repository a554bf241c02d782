package io.waybill.wire.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;

import java.util.concurrent.TimeUnit;

/**
 * Channels to other roles, which carry the caller's own role and secret with every call. What
 * listens to an answer runs on the transport's own thread (in process: on the server's) and must
 * not block there.
 */
public final class GrpcChannels {

    /** A page of 1,000 contacts fits many times; so do the streams of a large aggregate. */
    private static final int MAX_RESPONSE_BYTES = 16 << 20;

    private GrpcChannels() {}

    /**
     * A channel to a server in this JVM, by its in-process name, whether it stands already or not.
     */
    public static ManagedChannel inProcess(String name, Role caller, Credentials credentials) {
        return QuickReconnect.of(
                InProcessChannelBuilder.forName(name)
                        .directExecutor()
                        .disableRetry()
                        .intercept(new Introduction(caller, credentials.secret(caller)))
                        .build());
    }

    /**
     * A plaintext channel to {@code host:port}, which connects again by itself within about a
     * second.
     */
    public static ManagedChannel tcp(String target, Role caller, Credentials credentials) {
        return QuickReconnect.of(
                NettyChannelBuilder.forTarget("dns:///" + target)
                        .usePlaintext()
                        .directExecutor()
                        // Roles talk to each other directly, whatever proxy the JVM is told to use.
                        .proxyDetector(address -> null)
                        .maxInboundMessageSize(MAX_RESPONSE_BYTES)
                        // A peer that vanished without a word is noticed within 15 s.
                        .keepAliveTime(10, TimeUnit.SECONDS)
                        .keepAliveTimeout(5, TimeUnit.SECONDS)
                        .intercept(new Introduction(caller, credentials.secret(caller)))
                        .build());
    }

    /** Puts the role and its secret on every call. */
    private record Introduction(Role role, String secret) implements ClientInterceptor {

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(
                MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    headers.put(Headers.ROLE, role.label());
                    headers.put(Headers.SECRET, secret);
                    super.start(listener, headers);
                }
            };
        }

        @Override
        public String toString() {
            return "introduces itself as " + role.label();
        }
    }
}
