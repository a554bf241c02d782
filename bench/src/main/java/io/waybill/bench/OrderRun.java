package io.waybill.bench;

import io.waybill.bench.order.OrderLatency;
import io.waybill.bench.order.OrderLedger;
import io.waybill.bench.order.OrderLoads;
import io.waybill.bench.order.OrderSearch;
import io.waybill.bench.order.SearchTimes;
import io.waybill.bench.report.Figure;
import io.waybill.bench.report.Report;
import io.waybill.bench.system.MeasuredSystem;
import io.waybill.bench.system.StartedSystem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The part of a run that is about orders: what is measured, in which order, in one system. What one
 * measurement leaves behind, the next may need. A system of its own is killed and started again
 * before each search, so that both searches meet a JVM of the same age; one that runs already is
 * left alone. Timers have another system, where a person has little time to decide.
 */
final class OrderRun {

    /** So that no order that waits for a person is late before the run is over. */
    private static final String[] PATIENT = {"--manual-review", "1440m"};

    /** So that timers are soon due, and many are set at a time. */
    private static final String[] IMPATIENT = {"--manual-review", "3s"};

    private static final double IDLE_MAY_COST = 1.2;
    private static final int START_WITHIN_SECONDS = 15;

    /** How the part about orders is set up. */
    record Settings(int sustained, int rate, int idle, int few, int many) {}

    private final Report report;
    private final Run.Settings settings;
    private final OrderRun.Settings orders;
    private final String name;

    /** How many orders were made. */
    private int made;

    OrderRun(Report report, Run.Settings settings, String name) {
        this.report = report;
        this.settings = settings;
        this.orders = settings.orders();
        this.name = name + "o";
    }

    /** Whether any of it is asked for. */
    boolean isAsked() {
        return isPatienceAsked() || asked(Measurement.TIMERS);
    }

    private boolean isPatienceAsked() {
        return isLoadAsked() || asked(Measurement.ORDER_SEARCH);
    }

    private boolean isLoadAsked() {
        return asked(Measurement.ORDERS)
                || asked(Measurement.ORDER_LATENCY)
                || asked(Measurement.IDLE_ORDERS);
    }

    private boolean asked(Measurement measurement) {
        return settings.only().contains(measurement);
    }

    /** Measures systems of its own, without delay. */
    void ownSystems(Path launcher) throws IOException {
        if (isPatienceAsked()) {
            report.progress("a system without delay, for orders");
            try (StartedSystem system = StartedSystem.start(launcher, Duration.ZERO, PATIENT)) {
                orders(system);
            }
        }
        if (asked(Measurement.TIMERS)) {
            report.progress("a system without delay, for timers");
            try (StartedSystem system = StartedSystem.start(launcher, Duration.ZERO, IMPATIENT)) {
                timers(system);
            }
        }
    }

    /** Measures a system that runs already. */
    void measure(MeasuredSystem system) throws IOException {
        orders(system);
        if (asked(Measurement.TIMERS)) {
            timers(system);
        }
    }

    private void timers(MeasuredSystem system) throws IOException {
        try (OrderDoors doors = new OrderDoors(system, settings, report)) {
            doors.loads(name + "t")
                    .timers(orders.sustained(), settings.warmUp(), settings.duration());
        }
    }

    private void orders(MeasuredSystem system) throws IOException {
        OrderSearch.Wanted wanted = null;
        SearchTimes few = null;
        if (asked(Measurement.ORDER_SEARCH)) {
            report.progress("search among few orders");
            wanted = few(system);
            startAgain(system, null);
            few = search(system, wanted);
        }
        OrderLedger idle = isLoadAsked() ? loads(system) : null;
        if (wanted != null) {
            many(system, wanted);
        }
        if (idle != null || wanted != null) {
            startAgain(system, idle);
        }
        if (wanted != null && few != null) {
            report.progress("search among many orders");
            search(system, wanted).compare(report, few);
        }
    }

    private OrderSearch.Wanted few(MeasuredSystem system) throws IOException {
        try (OrderDoors doors = new OrderDoors(system, settings, report)) {
            OrderLoads loads = doors.loads(name);
            OrderLedger ledger = loads.townToSearch();
            Instant begun = Instant.now();
            loads.fill("few_filled", "the first orders", ledger, orders.few());
            made += loads.accepted();
            Duration quarter = Duration.between(begun, Instant.now()).dividedBy(4);
            return new OrderSearch.Wanted(
                    ledger, begun.plus(quarter), begun.plus(quarter.multipliedBy(3)));
        }
    }

    private SearchTimes search(MeasuredSystem system, OrderSearch.Wanted wanted)
            throws IOException {
        try (OrderDoors doors = new OrderDoors(system, settings, report)) {
            Duration time = settings.duration().dividedBy(3);
            return doors.search(wanted).among(made, settings.warmUp(), time);
        }
    }

    private @Nullable OrderLedger loads(MeasuredSystem system) throws IOException {
        Duration time = settings.duration();
        try (OrderDoors doors = new OrderDoors(system, settings, report)) {
            OrderLoads loads = doors.loads(name);
            report.progress("warming up with orders");
            loads.warmUp(orders.sustained(), settings.warmUp());
            if (asked(Measurement.ORDERS)) {
                loads.throughput(orders.sustained(), time);
            }
            OrderLedger idle = null;
            if (asked(Measurement.IDLE_ORDERS)) {
                idle = besideIdle(loads);
            } else if (asked(Measurement.ORDER_LATENCY)) {
                loads.latency("order_latency", "", orders.rate(), time);
            }
            made += loads.accepted();
            if (system instanceof StartedSystem own) {
                report.add(
                        Figure.memory(
                                "memory_after_orders",
                                "memory after the orders",
                                own.residentBytes()));
            }
            return idle;
        }
    }

    /** Measures orders, then beside others that wait for a person; gives those. */
    private OrderLedger besideIdle(OrderLoads loads) throws IOException {
        Duration time = settings.duration();
        if (!asked(Measurement.ORDERS)) {
            // What is compared must not become faster by itself meanwhile.
            loads.warmUp(orders.sustained(), time);
        }
        int some = (int) Math.max(1, orders.sustained() * time.toMillis() / 3_000);
        OrderLatency alone = loads.latency("order_latency", "", orders.rate(), time);
        double before = loads.asFastAsDone("as_done", "", some);
        OrderLedger idle = loads.idle(orders.idle());
        String condition = "beside %,d idle orders".formatted(orders.idle());
        loads.latency("idle_latency", condition, orders.rate(), time)
                .compare(report, alone, IDLE_MAY_COST);
        double now = loads.asFastAsDone("idle_as_done", condition, some);
        report.add(
                Figure.ratio(
                                "idle_as_done_ratio",
                                "orders as fast as they are done, before / " + condition,
                                before / now)
                        .atMost(IDLE_MAY_COST));
        return idle;
    }

    private void many(MeasuredSystem system, OrderSearch.Wanted wanted) throws IOException {
        int missing = orders.many() - made;
        try (OrderDoors doors = new OrderDoors(system, settings, report)) {
            OrderLoads loads = doors.loads(name);
            if (missing > 0) {
                loads.fill("many_filled", "more orders to be searched", wanted.orders(), missing);
                made += loads.accepted();
            }
            loads.settle("the orders that are searched", wanted.orders());
        }
    }

    /**
     * Kills a system of its own and starts it again.
     *
     * @param idle orders that wait for a person meanwhile; with them it is measured
     */
    private void startAgain(MeasuredSystem system, @Nullable OrderLedger idle) throws IOException {
        if (!(system instanceof StartedSystem own)) {
            return;
        }
        report.progress("killed, and started again");
        own.killAndStartAgain();
        if (idle == null) {
            return;
        }
        try (OrderDoors doors = new OrderDoors(system, settings, report)) {
            OrderLoads loads = doors.loads(name);
            Duration approved = Duration.ofNanos(loads.approveOne() - own.startedAt());
            made += loads.accepted();
            String what = "started again after a kill, %,d idle orders".formatted(orders.idle());
            report.add(
                    Figure.seconds("killed_ready", what + ": ready", own.untilReady())
                            .atMost(START_WITHIN_SECONDS));
            report.add(
                    Figure.seconds("killed_approved", what + ": an order approved", approved)
                            .atMost(START_WITHIN_SECONDS));
            loads.settle("the idle orders after the kill", idle);
        }
    }
}
