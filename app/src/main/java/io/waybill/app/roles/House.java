package io.waybill.app.roles;

import io.grpc.ManagedChannel;
import io.waybill.app.settings.Refusal;
import io.waybill.app.settings.UpSettings;
import io.waybill.app.web.GatewayServer;
import io.waybill.app.web.ManagementServer;
import io.waybill.broker.BrokerRole;
import io.waybill.broker.BrokerSettings;
import io.waybill.database.DatabaseRole;
import io.waybill.database.DatabaseSettings;
import io.waybill.database.engine.rocks.NativeLibrary;
import io.waybill.gateway.GatewaySettings;
import io.waybill.reader.ReaderRole;
import io.waybill.reader.ReaderSettings;
import io.waybill.wire.grpc.GrpcChannels;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole;
import io.waybill.wire.role.RunningRole.Health;
import io.waybill.writer.WriterRole;
import io.waybill.writer.WriterSettings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The roles of one instance, wired. They start from the stores outwards (broker, database, reader,
 * writer, gateway) and close the other way round, so that the doors close first and what was
 * accepted still finds the parts that it needs.
 *
 * <p>{@link #start()} and {@link #close()} exclude each other; {@link #health()} may be asked from
 * any thread.
 */
public final class House implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(House.class);

    private final UpSettings settings;
    private final String jvm = UUID.randomUUID().toString();
    private final Deque<Closing> toClose = new ArrayDeque<>();
    private final Map<Role, RunningRole> roles =
            Collections.synchronizedMap(new EnumMap<>(Role.class));
    private OpenPorts ports = Opened.NOTHING;
    private volatile boolean closing;

    private record Closing(String what, AutoCloseable part) {}

    /** Wires nothing yet; {@link #start()} does. */
    public House(UpSettings settings) {
        this.settings = settings;
    }

    /**
     * Builds and starts what the settings name. When it fails, what was started is still to be
     * closed.
     *
     * @throws Refusal when a port, the folder or the credentials cannot be had
     */
    public synchronized void start() {
        DataFolder folder = DataFolder.take(settings);
        keep("the data folder", folder);
        folder.forNativeCode().ifPresent(NativeLibrary::loadFrom);
        Credentials credentials = openCredentials();
        refuseExposure(credentials);
        Doors.refuseTaken(settings);
        Opened opened = new Opened();
        URI broker = startBroker(credentials, opened);
        startDatabase(credentials, opened);
        startReader(credentials, opened);
        startWriter(credentials, broker);
        startWeb(credentials, broker, opened);
        ports = opened.ports();
    }

    /** What was opened, once started. */
    public synchronized OpenPorts ports() {
        return ports;
    }

    /** How each role of this instance is. */
    public Map<Role, Health> health() {
        Map<Role, Health> health = new EnumMap<>(Role.class);
        for (Role role : settings.roles()) {
            RunningRole running = roles.get(role);
            health.put(role, running == null ? new Health(false, "starting") : running.health());
        }
        return health;
    }

    /** Closes all that was started; a start under way stops after the part it is at. */
    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            while (!toClose.isEmpty()) {
                Closing next = toClose.pop();
                try {
                    LOG.debug("closing {}", next.what());
                    next.part().close();
                } catch (Exception e) {
                    LOG.warn("{} did not close as it should", next.what(), e);
                }
            }
        }
    }

    private Credentials openCredentials() {
        try {
            Credentials credentials = Credentials.open(settings.credentials());
            return settings.loopbackOnly() ? credentials : credentials.withoutAnonymous();
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw Refusal.cannotRun("the credentials cannot be used: " + e.getMessage());
        }
    }

    private void refuseExposure(Credentials credentials) {
        if (!settings.loopbackOnly() && !credentials.namesPrincipals()) {
            throw Refusal.cannotRun(
                    "will not listen on %s, beyond this machine, while no users are named in %s."
                            .formatted(
                                    settings.bind().getHostAddress(),
                                    settings.credentials().resolve("principals.json")));
        }
    }

    private URI startBroker(Credentials credentials, Opened opened) {
        if (!settings.runs(Role.BROKER)) {
            return settings.neighbours().broker();
        }
        BrokerRole broker =
                new BrokerRole(
                        new BrokerSettings(
                                settings.folder(Role.BROKER),
                                settings.bind().getHostAddress(),
                                settings.ports().mqtt(),
                                settings.ports().mqttWebSocket(),
                                credentials.anonymousAllowed()),
                        credentials);
        start(broker);
        opened.mqtt = OptionalInt.of(broker.mqttPort());
        opened.mqttWebSocket = OptionalInt.of(broker.webSocketPort());
        return settings.reach(broker.mqttPort()).toUri("mqtt");
    }

    private void startDatabase(Credentials credentials, Opened opened) {
        if (settings.runs(Role.DATABASE)) {
            DatabaseRole database =
                    new DatabaseRole(
                            new DatabaseSettings(
                                    settings.folder(Role.DATABASE),
                                    settings.listenAt(settings.ports().database()),
                                    inProcessName(Role.DATABASE)),
                            credentials);
            start(database);
            opened.database = OptionalInt.of(database.port());
        }
    }

    private void startReader(Credentials credentials, Opened opened) {
        if (settings.runs(Role.READER)) {
            ReaderRole reader =
                    new ReaderRole(
                            new ReaderSettings(
                                    settings.listenAt(settings.ports().reader()),
                                    inProcessName(Role.READER),
                                    settings.delay()),
                            credentials,
                            channel(
                                    Role.READER,
                                    Role.DATABASE,
                                    settings.neighbours().database().toString(),
                                    credentials));
            start(reader);
            opened.reader = OptionalInt.of(reader.port());
        }
    }

    private void startWriter(Credentials credentials, URI broker) {
        if (settings.runs(Role.WRITER)) {
            start(
                    new WriterRole(
                            new WriterSettings(
                                    settings.folder(Role.WRITER),
                                    broker,
                                    settings.delay(),
                                    settings.orders().saga()),
                            credentials,
                            channel(
                                    Role.WRITER,
                                    Role.DATABASE,
                                    settings.neighbours().database().toString(),
                                    credentials)));
        }
    }

    private void startWeb(Credentials credentials, URI broker, Opened opened) {
        if (settings.runs(Role.GATEWAY)) {
            GatewayServer gateway =
                    new GatewayServer(
                            settings.listenAt(settings.ports().http()),
                            new GatewayServer.Given(
                                    new GatewaySettings(
                                            settings.folder(Role.GATEWAY),
                                            broker,
                                            settings.delay(),
                                            settings.orders().currency().getCurrencyCode()),
                                    credentials,
                                    channel(
                                            Role.GATEWAY,
                                            Role.READER,
                                            settings.neighbours().reader().toString(),
                                            credentials)),
                            roles.values());
            start(gateway);
            opened.http = OptionalInt.of(gateway.port());
        } else if (!closing) {
            ManagementServer management =
                    new ManagementServer(
                            settings.listenAt(settings.ports().management()), roles.values());
            keep("the management server", management);
            management.start();
            opened.management = OptionalInt.of(management.port());
        }
    }

    private void start(RunningRole role) {
        keep("the " + role.role().label(), role);
        if (!closing) {
            LOG.debug("starting the {}", role.role().label());
            role.start();
            roles.put(role.role(), role);
        }
    }

    private ManagedChannel channel(Role from, Role to, String elsewhere, Credentials credentials) {
        ManagedChannel channel =
                settings.runs(to)
                        ? GrpcChannels.inProcess(inProcessName(to), from, credentials)
                        : GrpcChannels.tcp(elsewhere, from, credentials);
        keep("the channel to the " + to.label(), channel::shutdownNow);
        return channel;
    }

    private String inProcessName(Role role) {
        return role.label() + "-" + jvm;
    }

    private void keep(String what, AutoCloseable part) {
        toClose.push(new Closing(what, part));
    }

    /** Collects ports while they are opened. */
    private static final class Opened {

        static final OpenPorts NOTHING = new Opened().ports();

        private OptionalInt http = OptionalInt.empty();
        private OptionalInt mqtt = OptionalInt.empty();
        private OptionalInt mqttWebSocket = OptionalInt.empty();
        private OptionalInt database = OptionalInt.empty();
        private OptionalInt reader = OptionalInt.empty();
        private OptionalInt management = OptionalInt.empty();

        OpenPorts ports() {
            return new OpenPorts(http, mqtt, mqttWebSocket, database, reader, management);
        }
    }
}
