package io.waybill.bench.order;

import io.waybill.bench.load.Samples;
import io.waybill.bench.report.Figure;
import io.waybill.bench.report.Report;

import java.time.Duration;

/**
 * How long orders took from acceptance until their approval was heard.
 *
 * @param id what its figures are called by programs
 * @param what what they are called by people
 */
public record OrderLatency(String id, String what, Duration p50, Duration p99) {

    static OrderLatency of(String id, String what, Samples samples) {
        return new OrderLatency(id, what, samples.percentile(0.5), samples.percentile(0.99));
    }

    void tell(Report report) {
        report.add(Figure.time(id + "_p50", what + ": p50", p50).atMost(60));
        report.add(Figure.time(id + "_p99", what + ": p99", p99).atMost(300));
    }

    /** Puts this one in times of another, measured before, into a report. */
    public void compare(Report report, OrderLatency before, double most) {
        ratio(report, "p50", p50, before.p50(), most);
        ratio(report, "p99", p99, before.p99(), most);
    }

    private void ratio(Report report, String which, Duration now, Duration then, double most) {
        report.add(
                Figure.ratio(
                                id + "_" + which + "_ratio",
                                what + ", against before: " + which,
                                now.toNanos() / (double) Math.max(1, then.toNanos()))
                        .atMost(most));
    }
}
