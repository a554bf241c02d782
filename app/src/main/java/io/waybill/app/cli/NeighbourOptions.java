package io.waybill.app.cli;

import io.waybill.app.settings.HostPort;
import io.waybill.app.settings.Neighbours;
import io.waybill.app.settings.Refusal;
import io.waybill.wire.identity.Role;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.net.URI;
import java.util.Objects;
import java.util.Set;

/**
 * The options that say where the roles are that do not run here. What the surroundings say of a
 * role that does run here is passed over: a fleet may be given the same variables everywhere. On
 * the command line it is a contradiction.
 */
final class NeighbourOptions {

    private static final URI BROKER = URI.create("mqtt://127.0.0.1:1883");
    private static final HostPort DATABASE = new HostPort("127.0.0.1", 8888);
    private static final HostPort READER = new HostPort("127.0.0.1", 9998);

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

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /**
     * Where the other roles are.
     *
     * @param here the roles of this instance
     * @throws Refusal when the command line puts a role here and elsewhere
     */
    Neighbours neighbours(Set<Role> here) {
        refuseTwoPlaces(here, Role.BROKER, broker);
        refuseTwoPlaces(here, Role.DATABASE, database);
        refuseTwoPlaces(here, Role.READER, reader);
        return new Neighbours(
                Objects.requireNonNullElse(broker, BROKER),
                Objects.requireNonNullElse(database, DATABASE),
                Objects.requireNonNullElse(reader, READER));
    }

    private void refuseTwoPlaces(Set<Role> here, Role role, @Nullable Object elsewhere) {
        if (here.contains(role) && isOnCommandLine("--" + role.label())) {
            throw Refusal.wrongUsage(
                    "--%s says that the %s is at %s, but --roles says that it runs here."
                            .formatted(role.label(), role.label(), elsewhere));
        }
    }

    private boolean isOnCommandLine(String option) {
        return command != null && command.commandLine().getParseResult().hasMatchedOption(option);
    }
}
