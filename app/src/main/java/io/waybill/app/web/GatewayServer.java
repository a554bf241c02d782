package io.waybill.app.web;

import io.grpc.ManagedChannel;
import io.waybill.gateway.GatewayConfiguration;
import io.waybill.gateway.GatewaySettings;
import io.waybill.gateway.outbox.OutboxRole;
import io.waybill.gateway.reading.ReaderWatch;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;

/** The gateway role with its web server: GraphQL, the playground and the health of all roles. */
public final class GatewayServer implements RunningRole {

    private static final Health STARTING = new Health(false, "starting");

    private final WebServer server;
    private final Given given;
    private final List<RunningRole> otherRoles;
    private volatile @Nullable Running running;

    /** What runs once started. */
    private record Running(RunningRole outbox, ReaderWatch reader) {

        /** Writes are accepted before reads are answered; who waits for both waits for this. */
        Health health() {
            Health writes = outbox.health();
            return !writes.up() || reader.hasAnswered()
                    ? writes
                    : new Health(false, "waits for the first read: " + reader.health().detail());
        }
    }

    /**
     * What the gateway is built from.
     *
     * @param readerChannel a channel to the reader; stays the caller's to shut down
     */
    public record Given(
            GatewaySettings settings, Credentials credentials, ManagedChannel readerChannel) {}

    /**
     * Sets the role up.
     *
     * @param address where it listens; port 0 takes a free one
     * @param otherRoles the other roles of this instance, whose health is shown beside its own
     */
    public GatewayServer(
            InetSocketAddress address, Given given, Collection<RunningRole> otherRoles) {
        this.server = new WebServer(Application.class, address, "--http-port");
        this.given = given;
        this.otherRoles = List.copyOf(otherRoles);
    }

    @Override
    public Role role() {
        return Role.GATEWAY;
    }

    @Override
    public void start() {
        Beans beans =
                new Beans(otherRoles)
                        .with("gatewaySettings", given.settings())
                        .with("credentials", given.credentials())
                        .with("readerChannel", given.readerChannel());
        ApplicationContext started = server.start(beans);
        running =
                new Running(started.getBean(OutboxRole.class), started.getBean(ReaderWatch.class));
    }

    /** The port that was opened. */
    public int port() {
        return server.port();
    }

    /** Up once the reader has answered, and then while writes are accepted. */
    @Override
    public Health health() {
        Running now = running;
        return now == null ? STARTING : now.health();
    }

    @Override
    public void close() {
        server.close();
    }

    /** What Spring builds. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(GatewayConfiguration.class)
    static class Application {}
}
