package io.waybill.wire.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.waybill.wire.identity.Credentials;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A gRPC server of a role: over TCP, and under a name in process, with the same interceptors.
 * Identifies the caller (wrong credentials: UNAUTHENTICATED), asks the {@link Access} table
 * (PERMISSION_DENIED), and turns failures into statuses ({@link Failures}). Offers the standard
 * health service, to anyone.
 *
 * <p>Services are called on the transport's own threads (in process: on the caller's), so that a
 * call costs no change of thread: they must not block.
 */
public final class GrpcServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GrpcServer.class);
    private static final int MAX_CALLS_PER_CONNECTION = 2_000;
    private static final String REFLECTION_V1 = "grpc.reflection.v1.ServerReflection";
    private static final String REFLECTION_V1ALPHA = "grpc.reflection.v1alpha.ServerReflection";

    /**
     * What a server offers.
     *
     * @param inProcessName the name under which {@link GrpcChannels#inProcess} finds it
     * @param address where it listens; port 0 takes a free one
     * @param access who may call which method; what it does not list is denied
     * @param reflection whether it describes itself to any client
     * @param maxRequestBytes the largest message that a client may send
     */
    public record Settings(
            String inProcessName,
            InetSocketAddress address,
            Access access,
            boolean reflection,
            int maxRequestBytes) {

        private static final int BATCHES_FIT = 20 << 20;

        /** Takes requests as large as the largest batch of commits. */
        public Settings(
                String inProcessName,
                InetSocketAddress address,
                Access access,
                boolean reflection) {
            this(inProcessName, address, access, reflection, BATCHES_FIT);
        }

        /** The same, with another bound for requests: a server for anyone takes small ones only. */
        public Settings taking(int bytes) {
            return new Settings(inProcessName, address, access, reflection, bytes);
        }
    }

    private final Settings settings;
    private final HealthStatusManager health = new HealthStatusManager();
    private final List<String> serviceNames;
    private final Server tcp;
    private final Server inProcess;

    /** Sets up a server, which says that it is not serving; {@link #start()} opens it. */
    public GrpcServer(Settings settings, Credentials credentials, List<BindableService> services) {
        this.settings = settings;
        this.serviceNames =
                services.stream()
                        .map(service -> service.bindService().getServiceDescriptor().getName())
                        .toList();
        List<ServerInterceptor> interceptors =
                List.of(
                        new FailureInterceptor(),
                        new IdentityInterceptor(credentials),
                        new AccessInterceptor(settings.access(), openServices(settings)));
        this.tcp =
                offering(
                        NettyServerBuilder.forAddress(settings.address())
                                .maxInboundMessageSize(settings.maxRequestBytes())
                                .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                                .handshakeTimeout(10, TimeUnit.SECONDS)
                                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                                .permitKeepAliveWithoutCalls(true)
                                .keepAliveTime(1, TimeUnit.MINUTES)
                                .keepAliveTimeout(10, TimeUnit.SECONDS),
                        services,
                        interceptors);
        this.inProcess =
                offering(
                        InProcessServerBuilder.forName(settings.inProcessName()),
                        services,
                        interceptors);
        serving(false);
    }

    private static Set<String> openServices(Settings settings) {
        Set<String> open = new HashSet<>(Set.of(HealthGrpc.SERVICE_NAME));
        if (settings.reflection()) {
            open.addAll(Set.of(REFLECTION_V1, REFLECTION_V1ALPHA));
        }
        return open;
    }

    private Server offering(
            ServerBuilder<?> builder,
            List<BindableService> services,
            List<ServerInterceptor> interceptors) {
        List<BindableService> offered = new ArrayList<>(services);
        offered.add(health.getHealthService());
        if (settings.reflection()) {
            offered.addAll(reflections());
        }
        builder.directExecutor();
        offered.stream().map(RawRequests::of).forEach(builder::addService);
        // gRPC calls the interceptor that was added last first.
        interceptors.reversed().forEach(builder::intercept);
        return builder.build();
    }

    /** Reflection as it is now, and as clients that are older (or written in Python) ask for it. */
    @SuppressWarnings("deprecation")
    private static List<BindableService> reflections() {
        return List.of(
                ProtoReflectionServiceV1.newInstance(),
                io.grpc.protobuf.services.ProtoReflectionService.newInstance());
    }

    /**
     * Opens the server.
     *
     * @throws java.io.UncheckedIOException when the port is taken; the message names it
     */
    public void start() {
        try {
            tcp.start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on %s:%d: %s"
                            .formatted(
                                    settings.address().getHostString(),
                                    settings.address().getPort(),
                                    rootMessage(e)),
                    e);
        }
        try {
            inProcess.start();
        } catch (IOException e) {
            tcp.shutdownNow();
            throw new UncheckedIOException(
                    "a server named " + settings.inProcessName() + " runs in this process already",
                    e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
            root = cause;
        }
        return String.valueOf(root.getMessage());
    }

    /** The TCP port it listens on. */
    public int port() {
        return tcp.getPort();
    }

    /** Says through the health service whether the role can do its work. */
    public void serving(boolean serving) {
        ServingStatus status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        serviceNames.forEach(name -> health.setStatus(name, status));
    }

    /** Takes no new calls, lets running ones finish for up to two seconds, then ends them. */
    @Override
    public void close() {
        if (!tcp.isShutdown()) {
            health.enterTerminalState();
        }
        tcp.shutdown();
        inProcess.shutdown();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        end(inProcess, deadline);
        end(tcp, deadline);
    }

    private static void end(Server server, long deadline) {
        try {
            if (!server.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                    && !server.shutdownNow().awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.warn(
                        "the gRPC server at {} did not end within 4 s; its last calls are broken off",
                        server.getListenSockets());
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
