package io.waybill.bench.contact;

import io.waybill.bench.http.LoadLoop;
import io.waybill.bench.load.Schedule;
import io.waybill.bench.query.Query;
import io.waybill.bench.query.Repeated;
import io.waybill.bench.report.Cost;
import io.waybill.bench.report.Figure;
import io.waybill.bench.report.Report;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The loads, one method each: runs it on a system, puts its figures into the report, checks that
 * nothing was lost.
 */
public final class ContactLoads {

    // Few enough that even with a delay of seconds they do not wait for a connection of their own.
    private static final Duration SAMPLE_EVERY = Duration.ofMillis(200);
    private static final Duration WARM_UP_SAMPLE_EVERY = Duration.ofMillis(50);

    /** What can be counted of a fixed rate: its ends fall between two samples. */
    private static final double PART_OF_A_FIXED_RATE = 0.99;

    private final LoadLoop loop;
    private final Requests requests;
    private final Report report;
    private final Cost.Meter meter;
    private final Audit audit;
    private final Settlement settlement;
    private final String run;
    private final Duration patience;
    private int ledgers;

    /**
     * Loads for one system.
     *
     * @param run tells the contacts of this run from all others
     * @param patience how long after a load its last contacts may take to appear
     */
    public ContactLoads(
            LoadLoop loop,
            Requests requests,
            Report report,
            Cost.Meter meter,
            String run,
            Duration patience) {
        this.loop = loop;
        this.requests = requests;
        this.report = report;
        this.meter = meter;
        this.run = run;
        this.patience = patience;
        audit = new Audit(loop, requests, patience);
        settlement = new Settlement(report, audit);
    }

    /**
     * Lets the system warm up under the same loads, measures nothing, and walks past what that
     * leaves behind.
     */
    public void warmUp(Duration time) throws IOException {
        Duration part = time.dividedBy(2);
        loop.run(
                adds(nextLedger(), closed(part), every(WARM_UP_SAMPLE_EVERY)), part.plus(patience));
        loop.run(new Repeated(closed(part), List.of(ten())), part.plus(patience));
        audit.skip();
    }

    /**
     * Adds as fast as they are accepted, and how far application stays behind.
     *
     * @param condition of the system: {@code no delay}
     */
    public void mutations(String id, String condition, Duration time) throws IOException {
        throughput(id, "mutations, " + condition, closed(time), 1_500, time);
    }

    /** Adds at a fixed rate, and whether application keeps up with it. */
    public void sustained(String id, String condition, int aSecond, Duration time)
            throws IOException {
        throughput(
                id,
                "mutations at %d/s, %s".formatted(aSecond, condition),
                paced(aSecond, time),
                aSecond * PART_OF_A_FIXED_RATE,
                time);
    }

    private void throughput(String id, String what, Schedule schedule, double floor, Duration time)
            throws IOException {
        Ledger ledger = nextLedger();
        AddLoad load = adds(ledger, schedule, every(SAMPLE_EVERY));
        Cost cost = meter.during(() -> loop.run(load, time.plus(patience)));
        new Throughput(id, what, load, time).tell(report, floor);
        report.cost(id, what, cost, load.adds().latency().count());
        settlement.settle(what, load, ledger);
    }

    /** How long acceptance takes at a fixed rate. */
    public void acceptLatency(int aSecond, Duration time) throws IOException {
        Ledger ledger = nextLedger();
        AddLoad load = adds(ledger, paced(aSecond, time), now -> false);
        Cost cost = meter.during(() -> loop.run(load, time.plus(patience)));
        String what = "accept at " + aSecond + "/s";
        report.add(
                Figure.time("accept_p50", what + ": p50", load.adds().latency().percentile(0.5))
                        .atMost(5));
        report.add(
                Figure.time("accept_p99", what + ": p99", load.adds().latency().percentile(0.99))
                        .atMost(40));
        report.cost("accept", what, cost, load.adds().latency().count());
        settlement.settle(what, load, ledger);
    }

    /**
     * How long it takes from acceptance until the contact can be read, at a fixed rate, each one
     * read back.
     */
    public void acceptedToReadable(int aSecond, Duration time) throws IOException {
        Ledger ledger = nextLedger();
        AddLoad load = adds(ledger, paced(aSecond, time), now -> true);
        Cost cost = meter.during(() -> loop.run(load, time.plus(patience)));
        String what = "accepted to readable at " + aSecond + "/s";
        report.add(
                Figure.time("readable_p50", what + ": p50", load.readable().percentile(0.5))
                        .atMost(20));
        report.add(
                Figure.time("readable_p99", what + ": p99", load.readable().percentile(0.99))
                        .atMost(100));
        report.cost("readable", what, cost, load.readable().count());
        settlement.settle(what, load, ledger);
    }

    /**
     * Lists of ten as fast as they are answered, beside a query at the same door that reads
     * nothing.
     */
    public void lists(Duration time) throws IOException {
        fillTen();
        double list = queries("lists", ten(), time, 4_000);
        double nothing =
                queries(
                        "nothing",
                        new Query(
                                "{ __typename }",
                                requests.nothing(),
                                response -> response.text().contains("Query")),
                        time.dividedBy(2),
                        0);
        report.compare(
                "listContacts(count: 10) / { __typename }, the same door reading nothing",
                list,
                nothing);
    }

    private Query ten() {
        return new Query("listContacts(count: 10)", requests.list(), Query.lists(10));
    }

    private double queries(String id, Query query, Duration time, double floor) throws IOException {
        String what = query.name();
        Repeated load = new Repeated(closed(time), List.of(query));
        Cost cost = meter.during(() -> loop.run(load, time.plus(patience)));
        double rate = load.answeredInTime() / (time.toNanos() / 1e9);
        Figure figure = Figure.rate(id, what, rate);
        report.add(floor > 0 ? figure.atLeast(floor) : figure);
        report.add(Figure.time(id + "_p50", what + ": p50", load.latency(0).percentile(0.5)));
        report.add(Figure.time(id + "_p99", what + ": p99", load.latency(0).percentile(0.99)));
        report.cost(id, what, cost, load.latency(0).count());
        if (load.wrong().count() > 0) {
            report.fault(
                    "%s: %d wrong answers, the first: %s"
                            .formatted(what, load.wrong().count(), load.wrong().first()));
        }
        return rate;
    }

    private void fillTen() throws IOException {
        if (ten().right().test(loop.ask(requests.list(), Duration.ofSeconds(10)))) {
            return;
        }
        AddLoad ten = adds(nextLedger(), paced(10, Duration.ofSeconds(1)), now -> true);
        loop.run(ten, patience);
    }

    private Ledger nextLedger() {
        ledgers++;
        return new Ledger(run + "-" + ledgers);
    }

    private AddLoad adds(Ledger ledger, Schedule schedule, AddLoad.Choice choice) {
        return new AddLoad(requests, ledger, schedule, choice);
    }

    private static AddLoad.Choice every(Duration pause) {
        return new AddLoad.Choice() {
            private long next = System.nanoTime();

            @Override
            public boolean readBack(long now) {
                if (now - next < 0) {
                    return false;
                }
                next = now + pause.toNanos();
                return true;
            }
        };
    }

    private static Schedule closed(Duration time) {
        return Schedule.asFastAsAnswered(System.nanoTime(), time);
    }

    private static Schedule paced(int aSecond, Duration time) {
        return Schedule.paced(System.nanoTime(), aSecond, time);
    }
}
