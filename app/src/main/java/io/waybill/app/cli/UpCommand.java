package io.waybill.app.cli;

import io.waybill.app.instance.Instance;
import io.waybill.app.settings.HostPort;
import io.waybill.app.settings.Neighbours;
import io.waybill.app.settings.Ports;
import io.waybill.app.settings.Refusal;
import io.waybill.app.settings.UpSettings;
import io.waybill.wire.identity.Role;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code waybill up}: runs roles until it is told to stop. */
@Command(
        name = "up",
        description =
                "Runs Waybill, whole or some of its roles, until it is told to stop (Ctrl-C or SIGTERM).",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%n",
        footer = {
            "Each option is also an environment variable (WAYBILL_HTTP_PORT) and a property",
            "(waybill.http-port); the command line wins, then the property."
        })
final class UpCommand implements Callable<Integer> {

    private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

    @Option(
            names = "--roles",
            paramLabel = "ROLES",
            defaultValue = "broker,database,writer,reader,gateway",
            converter = Values.Roles.class,
            description = "The roles to run here, with commas between." + DEFAULT)
    private Values.RoleSet roles = new Values.RoleSet(Set.of());

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "data",
            converter = Values.Location.class,
            description = "Where everything is kept; made when missing." + DEFAULT)
    private Path data = Path.of("data");

    @Option(
            names = "--credentials",
            paramLabel = "FOLDER",
            converter = Values.Location.class,
            description =
                    "Secrets of the roles and, in principals.json, of users. Default: credentials in"
                            + " the data folder.")
    private @Nullable Path credentials;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            defaultValue = "3s",
            converter = Values.Delay.class,
            description = "How long a command waits before it is applied: 3s, 250ms, 0." + DEFAULT)
    private Duration delay = Duration.ZERO;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "The address to listen on. Beyond this machine only with users in"
                            + " principals.json."
                            + DEFAULT)
    private String bind = "127.0.0.1";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            converter = Values.Port.class,
            description = "GraphQL and the playground; 0 takes a free one." + DEFAULT)
    private int httpPort;

    @Option(
            names = "--mqtt-port",
            paramLabel = "PORT",
            defaultValue = "1883",
            converter = Values.Port.class,
            description = "MQTT." + DEFAULT)
    private int mqttPort;

    @Option(
            names = "--mqtt-websocket-port",
            paramLabel = "PORT",
            defaultValue = "1888",
            converter = Values.Port.class,
            description = "MQTT over WebSocket, at /ws." + DEFAULT)
    private int mqttWebSocketPort;

    @Option(
            names = "--database-port",
            paramLabel = "PORT",
            defaultValue = "8888",
            converter = Values.Port.class,
            description = "The database, for writer and reader." + DEFAULT)
    private int databasePort;

    @Option(
            names = "--reader-port",
            paramLabel = "PORT",
            defaultValue = "9998",
            converter = Values.Port.class,
            description = "gRPC reads." + DEFAULT)
    private int readerPort;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            converter = Values.Port.class,
            description =
                    "Health and metrics where no gateway runs; with one they are at its port."
                            + DEFAULT)
    private int managementPort;

    @Option(
            names = "--broker",
            paramLabel = "URI",
            converter = Values.BrokerUri.class,
            description =
                    "Where the broker is, when it does not run here. Default:"
                            + " mqtt://127.0.0.1:1883.")
    private @Nullable URI broker;

    @Option(
            names = "--database",
            paramLabel = "ADDRESS",
            converter = Values.Address.class,
            description =
                    "Where the database is, when it does not run here. Default: 127.0.0.1:8888.")
    private @Nullable HostPort database;

    @Option(
            names = "--reader",
            paramLabel = "ADDRESS",
            converter = Values.Address.class,
            description =
                    "Where the reader is, when it does not run here. Default: 127.0.0.1:9998.")
    private @Nullable HostPort reader;

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            converter = Values.Location.class,
            description =
                    "Written when ready: a JSON object with the pid, the roles and their ports;"
                            + " removed at the end.")
    private @Nullable Path readyFile;

    @Override
    public Integer call() {
        return Instance.run(settings());
    }

    /** What the options say together. */
    UpSettings settings() {
        refuseTwoPlaces(Role.BROKER, broker);
        refuseTwoPlaces(Role.DATABASE, database);
        refuseTwoPlaces(Role.READER, reader);
        return new UpSettings(
                roles.roles(),
                data,
                credentials == null ? data.resolve("credentials") : credentials,
                delay,
                bindAddress(),
                new Ports(
                        httpPort,
                        mqttPort,
                        mqttWebSocketPort,
                        databasePort,
                        readerPort,
                        managementPort),
                new Neighbours(
                        broker == null ? URI.create("mqtt://127.0.0.1:1883") : broker,
                        database == null ? new HostPort("127.0.0.1", 8888) : database,
                        reader == null ? new HostPort("127.0.0.1", 9998) : reader),
                Optional.ofNullable(readyFile));
    }

    private void refuseTwoPlaces(Role role, @Nullable Object elsewhere) {
        if (elsewhere != null && roles.roles().contains(role)) {
            throw Refusal.wrongUsage(
                    "--%s says that the %s is at %s, but --roles says that it runs here."
                            .formatted(role.label(), role.label(), elsewhere));
        }
    }

    private InetAddress bindAddress() {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw Refusal.wrongUsage("--bind: '" + bind + "' is not an address of this machine.");
        }
    }
}
