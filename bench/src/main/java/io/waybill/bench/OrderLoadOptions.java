package io.waybill.bench;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the loads on orders. */
final class OrderLoadOptions {

    private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

    @Option(
            names = "--orders",
            paramLabel = "NUMBER",
            defaultValue = "150",
            description = "Orders a second of the loads named orders and timers." + DEFAULT)
    private int orders;

    @Option(
            names = "--order-rate",
            paramLabel = "NUMBER",
            defaultValue = "50",
            description = "Orders a second of order-latency and idle-orders." + DEFAULT)
    private int rate;

    @Option(
            names = "--idle",
            paramLabel = "NUMBER",
            defaultValue = "20000",
            description = "Orders that wait for a person meanwhile." + DEFAULT)
    private int idle;

    @Option(
            names = "--few",
            paramLabel = "NUMBER",
            defaultValue = "1000",
            description = "Among how many orders order-search searches first." + DEFAULT)
    private int few;

    @Option(
            names = "--many",
            paramLabel = "NUMBER",
            defaultValue = "50000",
            description = "Among how many orders it searches then." + DEFAULT)
    private int many;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /**
     * What the options say together.
     *
     * @throws ParameterException when a number is out of its range
     */
    OrderRun.Settings settings() {
        check("--orders", orders, 1, 100_000);
        check("--order-rate", rate, 1, 100_000);
        check("--idle", idle, 1, 10_000_000);
        // Fewer do not fill a page for each filter.
        check("--few", few, 500, 10_000_000);
        check("--many", many, few, 10_000_000);
        return new OrderRun.Settings(orders, rate, idle, few, many);
    }

    private void check(String option, int value, int least, int most) {
        if ((value < least || value > most) && command != null) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s must be %d to %d, but is %d".formatted(option, least, most, value));
        }
    }
}
