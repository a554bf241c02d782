package io.waybill.bench;

import io.waybill.app.cli.Verb;
import io.waybill.bench.report.Report;
import io.waybill.bench.system.Machine;
import io.waybill.bench.system.ReadyFile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The verb {@code bench}: its options, and what it says. Exits with 1 when anything was lost. */
@Command(
        name = "bench",
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        description = "Measures a system through its doors and checks that nothing was lost.",
        footer = {
            "",
            "Without --http or --ready-file it starts systems of its own, on empty data folders and"
                    + " free ports: with no delay for all measurements, then with --delay for"
                    + " mutations."
        })
public final class Bench implements Verb {

    private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

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

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Measures only these: ${COMPLETION-CANDIDATES}.")
    private Set<Measurement> only = EnumSet.allOf(Measurement.class);

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = TimeSpan.class,
            description = "How long each load lasts." + DEFAULT)
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "20s",
            converter = TimeSpan.class,
            description = "How long a system is loaded before anything is measured." + DEFAULT)
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            defaultValue = "3s",
            converter = TimeSpan.class,
            description = "The delay of the system for delayed mutations." + DEFAULT)
    private Duration delay = Duration.ZERO;

    @Option(
            names = "--connections",
            paramLabel = "NUMBER",
            defaultValue = "64",
            description =
                    "Connections of the loads that send as fast as they are answered." + DEFAULT)
    private int connections;

    @Option(
            names = "--rate",
            paramLabel = "NUMBER",
            defaultValue = "500",
            description = "Requests a second of the loads at a fixed rate." + DEFAULT)
    private int rate;

    @Option(
            names = "--starts",
            paramLabel = "NUMBER",
            defaultValue = "3",
            description = "How often the start is measured; its figure is the median." + DEFAULT)
    private int starts;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "2m",
            converter = TimeSpan.class,
            description = "How long after a load its last contacts may take to appear." + DEFAULT)
    private Duration patience = Duration.ZERO;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes all that was found there, too.")
    private @Nullable Path json;

    @Option(names = "--anywhere", description = "Allows --http to name another machine than this.")
    private boolean anywhere;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says this and exits.")
    private boolean help;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        check();
        try {
            return measured();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private int measured() throws IOException {
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
                "%d connections, %d/s where paced, %s each, %s to warm up"
                        .formatted(connections, rate, duration, warmUp));
        Run run =
                new Run(
                        report,
                        new Run.Settings(
                                only,
                                duration,
                                warmUp,
                                delay,
                                connections,
                                rate,
                                starts,
                                patience,
                                anywhere));
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
            run.runningSystem(system.http, Optional.empty());
        } else if (system.readyFile != null) {
            ReadyFile ready = ReadyFile.read(system.readyFile);
            run.runningSystem(ready.http(), ready.process());
        }
    }

    private void check() {
        if (connections < 1 || connections > 10_000) {
            throw wrong("--connections must be 1 to 10000, but is " + connections);
        }
        if (rate < 1 || rate > 100_000) {
            throw wrong("--rate must be 1 to 100000, but is " + rate);
        }
        if (starts < 1 || starts > 100) {
            throw wrong("--starts must be 1 to 100, but is " + starts);
        }
        if (duration.toSeconds() < 1) {
            throw wrong("--duration must be at least 1s");
        }
        if (running != null && launcher != null) {
            throw wrong("--launcher starts a system; it does not go with --http or --ready-file");
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
