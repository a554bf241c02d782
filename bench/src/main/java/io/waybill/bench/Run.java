package io.waybill.bench;

import io.waybill.bench.contact.ContactLoads;
import io.waybill.bench.contact.Requests;
import io.waybill.bench.http.LoadLoop;
import io.waybill.bench.http.Target;
import io.waybill.bench.load.Pause;
import io.waybill.bench.load.Samples;
import io.waybill.bench.report.Cost;
import io.waybill.bench.report.Figure;
import io.waybill.bench.report.Report;
import io.waybill.bench.system.RunningSystem;
import io.waybill.bench.system.StartedSystem;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One run of the benchmark: which systems are started, and which loads they get, in which order.
 */
final class Run {

    private static final Duration TO_CALM_DOWN = Duration.ofSeconds(5);

    /** How the run is set up. */
    record Settings(
            Set<Measurement> only,
            Duration duration,
            Duration warmUp,
            Duration delay,
            int connections,
            int rate,
            int sustained,
            int starts,
            Duration patience,
            boolean anywhere,
            OrderRun.Settings orders) {}

    private final Report report;
    private final Settings settings;
    private final String name = Long.toString(System.currentTimeMillis(), 36);
    private final OrderRun orders;

    Run(Report report, Settings settings) {
        this.report = report;
        this.settings = settings;
        orders = new OrderRun(report, settings, name);
    }

    /** Starts systems and measures them: one without delay, one with, and those for orders. */
    void ownSystems(Path launcher) throws IOException {
        StartedSystem.build(launcher);
        if (asked(Measurement.START)) {
            report.progress("start, " + settings.starts() + " times");
            starts(launcher);
        }
        if (loads()) {
            report.progress("a system without delay");
            try (StartedSystem system = StartedSystem.start(launcher, Duration.ZERO)) {
                measure(system.http(), system.process(), "no delay");
                report.add(
                        Figure.memory(
                                "memory_after_load",
                                "memory after the load",
                                system.residentBytes()));
            }
        }
        if (asked(Measurement.DELAYED)) {
            report.progress("a system with a delay of " + settings.delay().toMillis() + " ms");
            try (StartedSystem system = StartedSystem.start(launcher, settings.delay())) {
                with(system.http(), system.process(), "d", this::delayed);
            }
            report.compare(
                    "mutations applied a second, with the delay / without",
                    "delayed_applied",
                    "mutations_applied");
        }
        if (orders.isAsked()) {
            orders.ownSystems(launcher);
        }
    }

    private void delayed(ContactLoads loads) throws IOException {
        String condition = "delay " + settings.delay().toMillis() + " ms";
        loads.mutations("delayed", condition, settings.duration());
        if (asked(Measurement.SUSTAINED)) {
            loads.sustained(
                    "delayed_sustained", condition, settings.sustained(), settings.duration());
        }
    }

    private boolean asked(Measurement measurement) {
        return settings.only().contains(measurement);
    }

    private boolean loads() {
        return asked(Measurement.MUTATIONS)
                || asked(Measurement.SUSTAINED)
                || asked(Measurement.ACCEPT)
                || asked(Measurement.READABLE)
                || asked(Measurement.LISTS);
    }

    private void starts(Path launcher) throws IOException {
        Samples untilReady = new Samples();
        List<Long> memory = new ArrayList<>();
        for (int i = 0; i < settings.starts(); i++) {
            try (StartedSystem system = StartedSystem.start(launcher, settings.delay())) {
                untilReady.add(system.untilReady().toNanos());
                Pause.of(TO_CALM_DOWN);
                memory.add(system.residentBytes());
            }
        }
        report.add(
                Figure.seconds("start", "ready after start, median", untilReady.percentile(0.5))
                        .atMost(15));
        report.add(
                Figure.memory(
                                "memory",
                                "memory 5 s later, median",
                                memory.stream()
                                        .sorted()
                                        .skip((memory.size() - 1) / 2)
                                        .findFirst()
                                        .orElse(0L))
                        .atMost(600));
    }

    /**
     * Measures a system that runs already, as it is.
     *
     * @param mqtt where its broker is, when that is known
     */
    void runningSystem(URI http, Optional<URI> mqtt, Optional<ProcessHandle> process)
            throws IOException {
        if (loads()) {
            measure(http, process, "as it runs");
        }
        if (orders.isAsked() && mqtt.isPresent()) {
            orders.measure(new RunningSystem(http, mqtt.get(), process));
        } else if (orders.isAsked()) {
            report.note("orders are not measured: their news need a broker, so a --ready-file");
        }
    }

    private void measure(URI http, Optional<ProcessHandle> process, String condition)
            throws IOException {
        with(
                http,
                process,
                "n",
                loads -> {
                    if (asked(Measurement.MUTATIONS)) {
                        loads.mutations("mutations", condition, settings.duration());
                    }
                    if (asked(Measurement.SUSTAINED)) {
                        loads.sustained(
                                "sustained", condition, settings.sustained(), settings.duration());
                    }
                    if (asked(Measurement.ACCEPT)) {
                        loads.acceptLatency(settings.rate(), settings.duration());
                    }
                    if (asked(Measurement.READABLE)) {
                        loads.acceptedToReadable(settings.rate(), settings.duration());
                    }
                    if (asked(Measurement.LISTS)) {
                        loads.lists(settings.duration());
                    }
                });
    }

    private interface Part {
        void on(ContactLoads loads) throws IOException;
    }

    private void with(URI http, Optional<ProcessHandle> process, String suffix, Part part)
            throws IOException {
        Target target = Target.of(http, "/graphql", settings.anywhere());
        try (LoadLoop loop = new LoadLoop(target, settings.connections(), settings.connections())) {
            ContactLoads loads =
                    new ContactLoads(
                            loop,
                            new Requests(target),
                            report,
                            new Cost.Meter(process),
                            name + suffix,
                            settings.patience());
            report.progress("warming up");
            loads.warmUp(settings.warmUp());
            part.on(loads);
        }
    }
}
