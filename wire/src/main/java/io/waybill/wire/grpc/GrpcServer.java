package io.waybill.wire.grpc;

import io.grpc.BindableService;
import io.waybill.wire.identity.Credentials;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A gRPC server of a role: over TCP, and under a name in process, with the same interceptors.
 * Identifies the caller (wrong credentials: UNAUTHENTICATED), asks the {@link Access} table
 * (PERMISSION_DENIED), and turns failures into statuses ({@link Failures}). Offers the standard
 * health service.
 */
public final class GrpcServer implements AutoCloseable {

    /**
     * What a server offers.
     *
     * @param inProcessName the name under which {@link GrpcChannels#inProcess} finds it
     * @param address where it listens; port 0 takes a free one
     * @param access who may call which method; what it does not list is denied
     * @param reflection whether it describes itself to any client
     */
    public record Settings(
            String inProcessName, InetSocketAddress address, Access access, boolean reflection) {}

    /** Sets up a server; {@link #start()} opens it. */
    public GrpcServer(Settings settings, Credentials credentials, List<BindableService> services) {
        throw new UnsupportedOperationException("" + settings + credentials + services);
    }

    /**
     * Opens the server.
     *
     * @throws java.io.UncheckedIOException when the port is taken; the message names it
     */
    public void start() {
        throw new UnsupportedOperationException();
    }

    /** The TCP port it listens on. */
    public int port() {
        throw new UnsupportedOperationException();
    }

    /** Says through the health service whether the role can do its work. */
    public void serving(boolean serving) {
        throw new UnsupportedOperationException("" + serving);
    }

    /** Takes no new calls, lets running ones finish for up to two seconds, then ends them. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
