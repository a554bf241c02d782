package io.waybill.app.cli;

import io.waybill.app.instance.Instance;
import io.waybill.app.settings.Refusal;
import io.waybill.app.settings.UpSettings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.net.InetAddress;
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

    @Option(
            names = "--roles",
            paramLabel = "ROLES",
            defaultValue = "broker,database,writer,reader,gateway",
            converter = Values.Roles.class,
            description = "The roles to run here, with commas between." + Values.DEFAULT)
    private Values.RoleSet roles = new Values.RoleSet(Set.of());

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "data",
            converter = Values.Location.class,
            description = "Where everything is kept; made when missing." + Values.DEFAULT)
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
            description =
                    "How long a command waits before it is applied: 3s, 250ms, 0." + Values.DEFAULT)
    private Duration delay = Duration.ZERO;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "The address to listen on. Beyond this machine only with users in"
                            + " principals.json."
                            + Values.DEFAULT)
    private String bind = "127.0.0.1";

    @Mixin private final PortOptions ports = new PortOptions();

    @Mixin private final NeighbourOptions neighbours = new NeighbourOptions();

    @Mixin private final OrderOptions orders = new OrderOptions();

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
        return new UpSettings(
                roles.roles(),
                data,
                credentials == null ? data.resolve("credentials") : credentials,
                delay,
                bindAddress(),
                ports.ports(),
                neighbours.neighbours(roles.roles()),
                orders.settings(),
                Optional.ofNullable(readyFile));
    }

    private InetAddress bindAddress() {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw Refusal.wrongUsage("--bind: '" + bind + "' is not an address of this machine.");
        }
    }
}
