package io.waybill.bench;

import io.waybill.app.cli.TimeSpan;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** The options that say what is measured, how hard and for how long. */
final class LoadOptions {

    private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

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
            names = "--sustained",
            paramLabel = "NUMBER",
            defaultValue = "1500",
            description = "Requests a second of the load named sustained." + DEFAULT)
    private int sustained;

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
            description = "How long after a load its last contacts or orders may take." + DEFAULT)
    private Duration patience = Duration.ZERO;

    @Option(names = "--anywhere", description = "Allows --http to name another machine than this.")
    private boolean anywhere;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /**
     * What the options say together.
     *
     * @param orders what others say of the loads on orders
     * @throws ParameterException when a number is out of its range
     */
    Run.Settings settings(OrderRun.Settings orders) {
        check("--connections", connections, 10_000);
        check("--rate", rate, 100_000);
        check("--sustained", sustained, 100_000);
        check("--starts", starts, 100);
        if (duration.toSeconds() < 1) {
            throw wrong("--duration must be at least 1s");
        }
        return new Run.Settings(
                only,
                duration,
                warmUp,
                delay,
                connections,
                rate,
                sustained,
                starts,
                patience,
                anywhere,
                orders);
    }

    private void check(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw wrong("%s must be 1 to %d, but is %d".formatted(option, most, value));
        }
    }

    private ParameterException wrong(String sentence) {
        if (command == null) {
            throw new IllegalStateException("not called by a command line");
        }
        return new ParameterException(command.commandLine(), sentence);
    }
}
