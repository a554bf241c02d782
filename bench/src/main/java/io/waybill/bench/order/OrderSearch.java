package io.waybill.bench.order;

import io.waybill.bench.http.LoadLoop;
import io.waybill.bench.load.Samples;
import io.waybill.bench.load.Schedule;
import io.waybill.bench.query.Query;
import io.waybill.bench.query.Repeated;
import io.waybill.bench.report.Figure;
import io.waybill.bench.report.Report;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long a page of orders takes to find, by each filter and in each order, among few orders and
 * then among many. The same queries, asked in turn, so that what disturbs one disturbs all; each
 * finds a full page both times. Beside them a query that reads nothing shows what the machine and
 * the door have become meanwhile. Not thread-safe.
 */
public final class OrderSearch {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NEWEST = "field: CREATED, direction: DESC";
    private static final String DEAREST = "field: TOTAL, direction: DESC";
    private static final int PAGE = 10;
    private static final double MOST = 1.3;

    private final LoadLoop loop;
    private final Report report;
    private final List<Query> queries = new ArrayList<>();

    /** The name of each query to programs: {@code customer_by_total}. */
    private final List<String> ids = new ArrayList<>();

    /**
     * Searches for what a town orders.
     *
     * @param loop with few connections
     * @param from the orders of a range of dates were created from here
     * @param to to here
     */
    public OrderSearch(
            LoadLoop loop,
            OrderRequests requests,
            Report report,
            OrderLedger orders,
            Instant from,
            Instant to) {
        this.loop = loop;
        this.report = report;
        Town town = orders.town();
        String customer = "customer_id: \"%s\"".formatted(town.customers().getFirst());
        String restaurant = "restaurant_id: \"%s\"".formatted(town.restaurants().getFirst());
        String product = "product: \"%s\"".formatted(Town.MENU.getFirst().code());
        String status = "status: APPROVED";
        String dates = "created_from: \"%s\", created_to: \"%s\"".formatted(from, to);
        String totals = "currency: \"EUR\", total_from: \"10.00\", total_to: \"20.00\"";
        queries.add(new Query("{ __typename }", requests.nothing(), response -> true));
        ids.add("nothing");
        add(requests, "newest first", List.of(), NEWEST);
        add(requests, "oldest first", List.of(), "field: CREATED, direction: ASC");
        add(requests, "dearest first", List.of(), DEAREST);
        add(requests, "cheapest first", List.of(), "field: TOTAL, direction: ASC");
        add(requests, "date range", List.of(dates), NEWEST);
        add(requests, "total range", List.of(totals), DEAREST);
        both(requests, "customer", List.of(customer));
        both(requests, "restaurant", List.of(restaurant));
        both(requests, "product", List.of(product));
        both(requests, "status", List.of(status));
        both(requests, "customer and status", List.of(customer, status));
        both(requests, "restaurant and status", List.of(restaurant, status));
        add(requests, "customer and date range", List.of(customer, dates), NEWEST);
        add(requests, "restaurant and total range", List.of(restaurant, totals), DEAREST);
    }

    private void both(OrderRequests requests, String name, List<String> filter) {
        add(requests, name, filter, NEWEST);
        add(requests, name + " by total", filter, DEAREST);
    }

    private void add(OrderRequests requests, String name, List<String> filter, String order) {
        queries.add(new Query(name, requests.search(filter, order), Query.lists(PAGE)));
        ids.add(name.replace(' ', '_'));
    }

    /** How long each query took. */
    public record Times(int orders, List<Samples> each) {}

    /** Asks for some time, and measures nothing. */
    public void warmUp(Duration time) throws IOException {
        ask(time);
    }

    /** Asks for some time, among so many orders. */
    public Times among(int orders, Duration time) throws IOException {
        Repeated load = ask(time);
        if (load.wrong().count() > 0) {
            report.fault(
                    "search among %d orders: %d wrong answers, the first: %s"
                            .formatted(orders, load.wrong().count(), load.wrong().first()));
        }
        List<Samples> each = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            each.add(load.latency(i));
        }
        return new Times(orders, each);
    }

    private Repeated ask(Duration time) throws IOException {
        Repeated load = new Repeated(Schedule.asFastAsAnswered(System.nanoTime(), time), queries);
        loop.run(load, time.plus(PATIENCE));
        return load;
    }

    /** Puts the times among many, in times of those among few, into the report. */
    public void compare(Times few, Times many) {
        for (int i = 1; i < queries.size(); i++) {
            report.add(
                    Figure.ratio(
                                    "order_search_" + ids.get(i),
                                    String.format(
                                            Locale.ROOT,
                                            "search among %,d / %,d orders: %s",
                                            many.orders(),
                                            few.orders(),
                                            queries.get(i).name()),
                                    median(many, i) / median(few, i))
                            .atMost(MOST));
        }
        for (int i = 0; i < queries.size(); i++) {
            report.note(
                    String.format(
                            Locale.ROOT,
                            "search, %s: median %.2f ms -> %.2f ms, mean %.2f ms -> %.2f ms, %,d and"
                                    + " %,d times",
                            queries.get(i).name(),
                            median(few, i),
                            median(many, i),
                            few.each().get(i).mean().toNanos() / 1e6,
                            many.each().get(i).mean().toNanos() / 1e6,
                            few.each().get(i).count(),
                            many.each().get(i).count()));
        }
        report.compare(
                "a query that reads nothing, beside the search among many / among few",
                median(many, 0),
                median(few, 0));
    }

    private static double median(Times times, int which) {
        return Math.max(1, times.each().get(which).percentile(0.5).toNanos()) / 1e6;
    }
}
