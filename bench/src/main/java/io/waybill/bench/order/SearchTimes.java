package io.waybill.bench.order;

import io.waybill.bench.load.Samples;
import io.waybill.bench.report.Figure;
import io.waybill.bench.report.Report;

import java.util.List;
import java.util.Locale;

/**
 * How long each query took among so many orders.
 *
 * @param each in the order in which they are asked; the first reads nothing
 */
public record SearchTimes(int orders, List<Each> each) {

    private static final double MOST = 1.3;

    /** A query's times. */
    record Each(String name, Samples samples) {

        private double median() {
            return Math.max(1, samples.percentile(0.5).toNanos()) / 1e6;
        }

        private double mean() {
            return samples.mean().toNanos() / 1e6;
        }
    }

    /** Puts these, in times of those of the same queries among few orders, into a report. */
    public void compare(Report report, SearchTimes few) {
        String among = String.format(Locale.ROOT, "search among %,d / %,d", orders, few.orders());
        for (int i = 1; i < each.size(); i++) {
            Each now = each.get(i);
            report.add(
                    Figure.ratio(
                                    "order_search_" + now.name().replace(' ', '_'),
                                    among + ": " + now.name(),
                                    now.median() / few.each().get(i).median())
                            .atMost(MOST));
        }
        for (int i = 0; i < each.size(); i++) {
            Each now = each.get(i);
            Each then = few.each().get(i);
            report.note(
                    String.format(
                            Locale.ROOT,
                            "search, %s: median %.2f ms -> %.2f ms, mean %.2f ms -> %.2f ms, of %,d"
                                    + " and %,d",
                            now.name(),
                            then.median(),
                            now.median(),
                            then.mean(),
                            now.mean(),
                            then.samples().count(),
                            now.samples().count()));
        }
        report.compare(
                "a query that reads nothing, beside the search among many / among few",
                each.getFirst().median(),
                few.each().getFirst().median());
    }
}
