package io.waybill.bench;

import io.waybill.app.cli.Verb;
import io.waybill.bench.report.Report;
import io.waybill.bench.system.Machine;
import io.waybill.bench.system.ReadyFile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The verb {@code bench}: its options, and what it says. Exits with 1 when anything was lost. */
@Command(
        name = "bench",
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        description = Verb.BENCH,
        footer = {
            "",
            "Without --http or --ready-file it starts systems of its own, on empty data folders and"
                    + " free ports: with no delay for all measurements, then with --delay for"
                    + " mutations, those at a fixed rate too, then with no delay for orders and for"
                    + " timers. Orders"
                    + " are heard of over MQTT: a system that runs already is named with"
                    + " --ready-file for them."
        })
public final class Bench implements Verb {

    /** A system that runs already. */
    static final class Running {

        @Option(
                names = "--http",
                paramLabel = "URL",
                description = "Measures the system whose GraphQL door is at http://host:port.")
        private @Nullable URI http;

        @Option(
                names = "--ready-file",
                paramLabel = "FILE",
                description = "Measures the system that wrote this ready file.")
        private @Nullable Path readyFile;
    }

    @ArgGroup(exclusive = true)
    private @Nullable Running running;

    @Option(
            names = "--launcher",
            paramLabel = "FILE",
            description = "What starts a system. Default: the waybill that this belongs to.")
    private @Nullable Path launcher;

    @Mixin private final LoadOptions loads = new LoadOptions();

    @Mixin private final OrderLoadOptions orders = new OrderLoadOptions();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes all that was found there, too.")
    private @Nullable Path json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says this and exits.")
    private boolean help;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (running != null && launcher != null) {
            throw wrong("--launcher starts a system; it does not go with --http or --ready-file");
        }
        try {
            return measured(loads.settings(orders.settings()));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private int measured(Run.Settings settings) throws IOException {
        PrintWriter out = spec().commandLine().getOut();
        Report report =
                new Report(
                        line -> {
                            out.println(line);
                            out.flush();
                        });
        report.circumstance("machine", Machine.description());
        report.circumstance(
                "load",
                ("%d connections, %d/s where paced, %d/s sustained, orders %d/s and %d/s, %s each,"
                                + " %s to warm up")
                        .formatted(
                                settings.connections(),
                                settings.rate(),
                                settings.sustained(),
                                settings.orders().sustained(),
                                settings.orders().rate(),
                                settings.duration(),
                                settings.warmUp()));
        Run run = new Run(report, settings);
        try {
            if (running == null) {
                run.ownSystems(launcher());
            } else {
                runningSystem(run, running);
            }
        } catch (IOException e) {
            report.fault("broken off: " + e.getMessage());
        }
        out.println();
        out.println(report.table());
        out.flush();
        if (json != null) {
            Files.writeString(json, report.json() + System.lineSeparator());
        }
        return report.faulty() ? 1 : 0;
    }

    private void runningSystem(Run run, Running system) throws IOException {
        if (system.http != null) {
            run.runningSystem(system.http, Optional.empty(), Optional.empty());
        } else if (system.readyFile != null) {
            ReadyFile ready = ReadyFile.read(system.readyFile);
            run.runningSystem(ready.http(), ready.mqtt(), ready.process());
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec().commandLine(), sentence);
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not called by a command line");
        }
        return spec;
    }

    private Path launcher() {
        Path file = launcher == null ? Launcher.beside() : launcher.toAbsolutePath();
        if (!Files.isExecutable(file)) {
            throw wrong(
                    "'" + file + "' is not a program that can be run: name one with --launcher");
        }
        return file;
    }
}
