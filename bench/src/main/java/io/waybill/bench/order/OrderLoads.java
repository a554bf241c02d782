package io.waybill.bench.order;

import io.waybill.bench.http.LoadLoop;
import io.waybill.bench.load.Backlog;
import io.waybill.bench.load.Samples;
import io.waybill.bench.load.Schedule;
import io.waybill.bench.report.Cost;
import io.waybill.bench.report.Figure;
import io.waybill.bench.report.Report;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * The loads on orders, one method each: sets a town up, runs the load on it, puts its figures into
 * the report, checks that everything balances. Not thread-safe.
 */
public final class OrderLoads {

    private static final int CUSTOMERS = 500;
    private static final int RESTAURANTS = 4;

    /** Enough to keep the system busy, and few enough that none is late. */
    private static final int MOST_RUNNING = 100;

    /** More would have to be waited for, after each load of orders that time out. */
    private static final Duration LONGEST_REVIEW = Duration.ofSeconds(30);

    /** What can be counted of a fixed rate: its ends fall between two samples. */
    private static final double PART_OF_A_FIXED_RATE = 0.99;

    private final LoadLoop loop;
    private final OrderRequests requests;
    private final OrderNews news;
    private final Report report;
    private final Cost.Meter meter;
    private final String run;
    private final Duration patience;
    private final Founding founding;
    private final OrderSettlement settlement;
    private int towns;
    private int accepted;

    /**
     * Loads for one system.
     *
     * @param run tells the customers and restaurants of this run from all others
     * @param patience how long after a load its last orders may take
     */
    public OrderLoads(
            LoadLoop loop,
            OrderRequests requests,
            OrderNews news,
            Report report,
            Cost.Meter meter,
            String run,
            Duration patience) {
        this.loop = loop;
        this.requests = requests;
        this.news = news;
        this.report = report;
        this.meter = meter;
        this.run = run;
        this.patience = patience;
        founding = new Founding(loop, requests, patience);
        settlement = new OrderSettlement(report, new OrderAudit(loop, requests, patience), news);
    }

    /** How many orders these loads have made. */
    public int accepted() {
        return accepted;
    }

    /** Lets the system warm up with orders at a fixed rate, and measures nothing. */
    public void warmUp(int aSecond, Duration time) throws IOException {
        run(town(CUSTOMERS, Ending.APPROVED), paced(aSecond, time), time);
    }

    /** Orders at a fixed rate, and whether the system carries them out as fast as it takes them. */
    public void throughput(int aSecond, Duration time) throws IOException {
        String what = "orders at " + aSecond + "/s";
        OrderLedger ledger = town(CUSTOMERS, Ending.APPROVED);
        OrderLoad[] ran = new OrderLoad[1];
        Schedule schedule = paced(aSecond, time);
        Cost cost = meter.during(() -> ran[0] = run(ledger, schedule, time));
        OrderLoad load = ran[0];
        double floor = aSecond * PART_OF_A_FIXED_RATE;
        rate("orders_accepted", what + ": accepted", acceptedPerSecond(load, time), floor);
        Backlog backlog = load.backlog();
        rate("orders_approved", what + ": approved", backlog.donePerSecond(), floor);
        report.add(
                Figure.count(
                        "orders_running_mid", what + ": running, middle third", backlog.mean(1)));
        report.add(
                Figure.count(
                        "orders_running_end", what + ": running, last third", backlog.mean(2)));
        report.add(
                Figure.count(
                                "orders_running_grew",
                                what + ": running orders grew (1: yes)",
                                backlog.grew() ? 1 : 0)
                        .atMost(0));
        times("orders_accept", what + ": accept", load.accept());
        times("orders_approval", what + ": accepted to approved", load.untilHeard());
        report.cost("orders", what, cost, load.accepted().size());
        settlement.hear(what, load);
        settlement.settle(what, ledger);
    }

    private void rate(String id, String what, double aSecond, double floor) {
        report.add(Figure.rate(id, what, aSecond).atLeast(floor));
    }

    private static double acceptedPerSecond(OrderLoad load, Duration time) {
        return load.acceptedInTime() * 1e9 / time.toNanos();
    }

    private void times(String id, String what, Samples samples) {
        report.add(Figure.time(id + "_p50", what + " p50", samples.percentile(0.5)));
        report.add(Figure.time(id + "_p99", what + " p99", samples.percentile(0.99)));
    }

    /**
     * How long orders take from acceptance to approval, at a fixed rate.
     *
     * @param condition of the system; empty when there is nothing to say of it
     */
    public OrderLatency latency(String id, String condition, int aSecond, Duration time)
            throws IOException {
        String what =
                "accepted to approved at %d/s%s"
                        .formatted(aSecond, condition.isEmpty() ? "" : ", " + condition);
        OrderLedger ledger = town(CUSTOMERS, Ending.APPROVED);
        OrderLoad load = run(ledger, paced(aSecond, time), time);
        OrderLatency latency = OrderLatency.of(id, what, load.untilHeard());
        latency.tell(report);
        times(id + "_due", what + ", from when it was due:", load.untilHeardFromDue());
        settlement.hear(what, load);
        settlement.settle(what, ledger);
        return latency;
    }

    /** Orders that then wait for a person, so many. */
    public OrderLedger idle(int orders) throws IOException {
        OrderLedger ledger = town(CUSTOMERS, Ending.WAITING);
        fill("idle_filled", "orders that come to wait for a person", ledger, orders);
        settle(orders + " idle orders", ledger);
        return ledger;
    }

    /**
     * Orders at a fixed rate that nobody decides, and how long after each deadline its order timed
     * out. Nothing where a person has more time than half a minute.
     */
    public void timers(int aSecond, Duration warmUp, Duration time) throws IOException {
        try (OrderNews.Watch asked = news.watch(Set.of("REVIEW_REQUESTED"));
                OrderNews.Watch refused = news.watch(Set.of("STEP_REFUSED"))) {
            Duration given = timeGiven(asked);
            if (given.compareTo(LONGEST_REVIEW) > 0) {
                report.note(
                        ("timers are not measured: a person has %d s to decide there; start it"
                                        + " with --manual-review 3s")
                                .formatted(given.toSeconds()));
                return;
            }
            run(town(CUSTOMERS, Ending.TIMED_OUT), paced(aSecond, warmUp), warmUp);
            String what = "timers, %d orders/s that time out".formatted(aSecond);
            OrderLedger ledger = town(CUSTOMERS, Ending.TIMED_OUT);
            OrderLoad load = run(ledger, paced(aSecond, time), time);
            Overdue overdue = new Overdue();
            load.accepted().forEach(o -> overdue.add(asked.of(o.id()), refused.of(o.id())));
            overdue.tell(report, what);
            settlement.hear(what, load);
            settlement.settle(what, ledger);
        }
    }

    private Duration timeGiven(OrderNews.Watch asked) throws IOException {
        OrderLoad load = fill(town(1, Ending.WAITING), 1);
        OrderNews.Heard heard =
                load.accepted().isEmpty() ? null : asked.of(load.accepted().getFirst().id());
        if (heard == null) {
            throw new IOException("nobody is asked to decide: " + load.refused().first());
        }
        return Overdue.timeGiven(heard);
    }

    /** A town to be searched: few customers, so that each has some orders even of a few. */
    public OrderLedger townToSearch() throws IOException {
        return town(RESTAURANTS * RESTAURANTS, Ending.APPROVED);
    }

    /**
     * So many orders, as fast as they are done.
     *
     * @param condition of the system; empty when there is nothing to say of it
     * @return how many a second
     */
    public double asFastAsDone(String id, String condition, int orders) throws IOException {
        String what =
                "orders as fast as they are done" + (condition.isEmpty() ? "" : ", " + condition);
        OrderLedger ledger = town(CUSTOMERS, Ending.APPROVED);
        double rate = fill(id, what, ledger, orders);
        settle(what, ledger);
        return rate;
    }

    /**
     * Makes so many orders in a town, as fast as they are done; tells how fast that was.
     *
     * @return how many a second
     */
    public double fill(String id, String what, OrderLedger ledger, int orders) throws IOException {
        long begun = System.nanoTime();
        OrderLoad load = fill(ledger, orders);
        double rate = load.accepted().size() * 1e9 / (System.nanoTime() - begun);
        report.add(Figure.rate(id, what + ", " + MOST_RUNNING + " at a time", rate));
        settlement.hear(what, load);
        return rate;
    }

    /**
     * Makes one order, of a new customer at a new restaurant.
     *
     * @return when its approval was heard, by {@link System#nanoTime()}
     * @throws IOException when it is not approved in time
     */
    public long approveOne() throws IOException {
        OrderLoad load = fill(town(1, Ending.APPROVED), 1);
        OrderNews.Heard heard =
                load.accepted().isEmpty() ? null : load.heard(load.accepted().getFirst());
        if (heard == null || !heard.event().equals("APPROVED")) {
            throw new IOException("an order is not approved: " + load.refused().first() + heard);
        }
        return heard.at();
    }

    private OrderLoad fill(OrderLedger ledger, int orders) throws IOException {
        // A hundred a second would be too slow for everything else.
        Duration time = Duration.ofSeconds(30 + orders / 100);
        return run(ledger, Schedule.counted(orders), MOST_RUNNING, time);
    }

    /** Checks the books of a town. */
    public void settle(String what, OrderLedger ledger) throws IOException {
        settlement.settle(what, ledger);
    }

    private OrderLoad run(OrderLedger ledger, Schedule schedule, Duration time) throws IOException {
        return run(ledger, schedule, Integer.MAX_VALUE, time);
    }

    private OrderLoad run(OrderLedger ledger, Schedule schedule, int mostRunning, Duration time)
            throws IOException {
        try (OrderNews.Watch watch = news.watch(ledger.town().ending().last())) {
            OrderLoad load =
                    new OrderLoad(requests, ledger, schedule, watch, mostRunning, patience);
            loop.run(load, time.plus(patience.multipliedBy(2)));
            accepted += load.accepted().size();
            return load;
        }
    }

    private OrderLedger town(int customers, Ending ending) throws IOException {
        towns++;
        String name = "bench %s-%d".formatted(run, towns);
        return new OrderLedger(
                founding.found(new Founding.Plan(name, customers, RESTAURANTS, ending)));
    }

    private static Schedule paced(int aSecond, Duration time) {
        return Schedule.paced(System.nanoTime(), aSecond, time);
    }
}
