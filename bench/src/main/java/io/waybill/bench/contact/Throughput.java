package io.waybill.bench.contact;

import io.waybill.bench.load.Backlog;
import io.waybill.bench.report.Figure;
import io.waybill.bench.report.Report;

import java.time.Duration;

/**
 * What a load of adds came to: how many were accepted and applied a second, and whether the one
 * stayed behind the other.
 *
 * @param id what its figures are called by programs
 * @param what what they are called by people
 * @param time how long it lasted
 */
record Throughput(String id, String what, AddLoad load, Duration time) {

    /**
     * Puts the figures into a report.
     *
     * @param floor how many a second must be accepted, and applied
     */
    void tell(Report report, double floor) {
        Backlog backlog = load.backlog();
        double accepted = load.acceptedInTime() * 1e9 / time.toNanos();
        report.add(Figure.rate(id + "_accepted", what + ": accepted", accepted).atLeast(floor));
        report.add(
                Figure.rate(id + "_applied", what + ": applied", backlog.donePerSecond())
                        .atLeast(floor));
        report.add(
                Figure.count(
                        id + "_backlog_mid", what + ": backlog, middle third", backlog.mean(1)));
        report.add(
                Figure.count(id + "_backlog_end", what + ": backlog, last third", backlog.mean(2)));
        report.add(
                Figure.count(
                                id + "_backlog_grew",
                                what + ": backlog grew (1: yes)",
                                backlog.grew() ? 1 : 0)
                        .atMost(0));
        accept(report, "p50", 0.5);
        accept(report, "p99", 0.99);
        report.add(
                Figure.time(
                        id + "_readable_p50",
                        what + ": accepted to readable p50",
                        load.readable().percentile(0.5)));
    }

    private void accept(Report report, String name, double part) {
        report.add(
                Figure.time(
                        id + "_accept_" + name,
                        what + ": accept " + name,
                        load.adds().latency().percentile(part)));
    }
}
