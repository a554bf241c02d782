package io.waybill.bench;

import io.waybill.bench.http.LoadLoop;
import io.waybill.bench.http.Target;
import io.waybill.bench.order.OrderLatency;
import io.waybill.bench.order.OrderLedger;
import io.waybill.bench.order.OrderLoads;
import io.waybill.bench.order.OrderNews;
import io.waybill.bench.order.OrderRequests;
import io.waybill.bench.order.OrderSearch;
import io.waybill.bench.report.Cost;
import io.waybill.bench.report.Figure;
import io.waybill.bench.report.Report;
import io.waybill.bench.system.StartedSystem;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The part of a run that is about orders: what is measured, in which order, in one system. What one
 * measurement leaves behind, the next may need.
 */
final class OrderRun {

    /** So that no order that waits for a person is late before the run is over. */
    private static final String[] PATIENT = {"--manual-review", "1440m"};

    private static final int CONNECTIONS_TO_SEARCH = 2;
    private static final double IDLE_MAY_COST = 1.2;
    private static final int START_WITHIN_SECONDS = 15;

    /** How the part about orders is set up. */
    record Settings(int sustained, int rate, int idle, int few, int many) {}

    private final Report report;
    private final Run.Settings settings;
    private final String name;

    OrderRun(Report report, Run.Settings settings, String name) {
        this.report = report;
        this.settings = settings;
        this.name = name;
    }

    /** Whether any of it is asked for. */
    boolean isAsked() {
        return asked(Measurement.ORDERS)
                || asked(Measurement.ORDER_LATENCY)
                || asked(Measurement.IDLE_ORDERS)
                || asked(Measurement.ORDER_SEARCH);
    }

    private boolean asked(Measurement measurement) {
        return settings.only().contains(measurement);
    }

    /** Measures a system of its own, without delay. */
    void ownSystem(Path launcher) throws IOException {
        report.progress("a system without delay, for orders");
        try (StartedSystem system = StartedSystem.start(launcher, Duration.ZERO, PATIENT)) {
            Optional<OrderLedger> idle =
                    runningSystem(system.http(), system.mqtt(), Optional.of(system.handle()));
            report.add(
                    Figure.memory(
                            "memory_after_orders",
                            "memory after the orders",
                            system.residentBytes()));
            if (idle.isPresent()) {
                killed(system, idle.get());
            }
        }
    }

    /**
     * Measures a system that runs already.
     *
     * @return the orders that wait for a person, when there are any
     */
    Optional<OrderLedger> runningSystem(URI http, URI mqtt, Optional<ProcessHandle> process)
            throws IOException {
        try (Doors doors = new Doors(http, mqtt);
                LoadLoop few = new LoadLoop(doors.target, CONNECTIONS_TO_SEARCH, 0)) {
            return measure(doors, doors.loads(process), few);
        }
    }

    private Optional<OrderLedger> measure(Doors doors, OrderLoads loads, LoadLoop few)
            throws IOException {
        OrderRun.Settings orders = settings.orders();
        Duration time = settings.duration();
        Search search = null;
        if (asked(Measurement.ORDER_SEARCH)) {
            search = amongFew(doors, loads, few);
        }
        report.progress("warming up with orders");
        loads.warmUp(orders.sustained(), settings.warmUp());
        if (asked(Measurement.ORDERS)) {
            loads.throughput(orders.sustained(), time);
        }
        OrderLedger idle = null;
        if (asked(Measurement.ORDER_LATENCY) || asked(Measurement.IDLE_ORDERS)) {
            OrderLatency alone = loads.latency("order_latency", "", orders.rate(), time);
            if (asked(Measurement.IDLE_ORDERS)) {
                idle = loads.idle(orders.idle());
                String condition = "beside %,d idle orders".formatted(orders.idle());
                loads.latency("idle_latency", condition, orders.rate(), time)
                        .compare(report, alone, IDLE_MAY_COST);
            }
        }
        if (search != null) {
            amongMany(search, loads);
        }
        return Optional.ofNullable(idle);
    }

    /** A search, and what it found among few orders. */
    private record Search(OrderSearch search, OrderLedger ledger, OrderSearch.Times few) {}

    private Search amongFew(Doors doors, OrderLoads loads, LoadLoop loop) throws IOException {
        int few = settings.orders().few();
        report.progress("search among few orders");
        OrderLedger ledger = loads.townToSearch();
        Instant begun = Instant.now();
        loads.fill("few", "the first orders", ledger, few);
        Duration took = Duration.between(begun, Instant.now());
        OrderSearch search =
                new OrderSearch(
                        loop,
                        doors.requests,
                        report,
                        ledger,
                        begun.plus(took.dividedBy(4)),
                        begun.plus(took.dividedBy(4).multipliedBy(3)));
        search.warmUp(settings.warmUp());
        return new Search(search, ledger, search.among(few, toSearch()));
    }

    private void amongMany(Search begun, OrderLoads loads) throws IOException {
        report.progress("search among many orders");
        int missing = settings.orders().many() - loads.accepted();
        if (missing > 0) {
            loads.fill("many", "orders to be searched", begun.ledger(), missing);
        }
        loads.settle("the orders that are searched", begun.ledger());
        begun.search().warmUp(toSearch().dividedBy(4));
        begun.search().compare(begun.few(), begun.search().among(loads.accepted(), toSearch()));
    }

    private Duration toSearch() {
        return settings.duration().dividedBy(3);
    }

    private void killed(StartedSystem system, OrderLedger idle) throws IOException {
        report.progress("killed, and started again");
        system.killAndStartAgain();
        try (Doors doors = new Doors(system.http(), system.mqtt())) {
            OrderLoads loads = doors.loads(Optional.of(system.handle()));
            long approved = loads.approveOne(loads.townToSearch());
            String what = "started again after a kill, %,d idle orders: ";
            String told = what.formatted(settings.orders().idle());
            report.add(
                    Figure.seconds("killed_ready", told + "ready", system.untilReady())
                            .atMost(START_WITHIN_SECONDS));
            report.add(
                    Figure.seconds(
                                    "killed_approved",
                                    told + "an order approved",
                                    Duration.ofNanos(approved - system.startedAt()))
                            .atMost(START_WITHIN_SECONDS));
            loads.settle("the idle orders after the kill", idle);
        }
    }

    /** What leads into a system. */
    private final class Doors implements AutoCloseable {

        private final Target target;
        private final OrderRequests requests;
        private final OrderNews news;
        private final LoadLoop loop;

        Doors(URI http, URI mqtt) throws IOException {
            target = Target.of(http, "/graphql", settings.anywhere());
            requests = new OrderRequests(target);
            news = OrderNews.from(mqtt);
            loop = loop();
        }

        private LoadLoop loop() throws IOException {
            try {
                return new LoadLoop(target, settings.connections(), 0);
            } catch (IOException e) {
                news.close();
                throw e;
            }
        }

        OrderLoads loads(Optional<ProcessHandle> process) {
            return new OrderLoads(
                    loop,
                    requests,
                    news,
                    report,
                    new Cost.Meter(process),
                    name + "o",
                    settings.patience());
        }

        @Override
        public void close() {
            loop.close();
            news.close();
        }
    }
}
