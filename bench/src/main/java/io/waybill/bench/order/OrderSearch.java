package io.waybill.bench.order;

import io.waybill.bench.http.LoadLoop;
import io.waybill.bench.load.Schedule;
import io.waybill.bench.query.Query;
import io.waybill.bench.query.Repeated;
import io.waybill.bench.report.Report;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for a page of orders, by each filter and in each order. The queries are asked in turn, so
 * that what disturbs one disturbs all; each finds a full page. Beside them a query that reads
 * nothing shows what the machine and the door are worth meanwhile. Not thread-safe.
 */
public final class OrderSearch {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NEWEST = "field: CREATED, direction: DESC";
    private static final String OLDEST = "field: CREATED, direction: ASC";
    private static final String DEAREST = "field: TOTAL, direction: DESC";
    private static final String CHEAPEST = "field: TOTAL, direction: ASC";
    private static final int PAGE = 10;

    /**
     * What is searched for: the orders of a town; those of a range of dates were created in it.
     *
     * @param from the range begins here
     * @param to it ends here
     */
    public record Wanted(OrderLedger orders, Instant from, Instant to) {}

    private final LoadLoop loop;
    private final OrderRequests requests;
    private final Report report;
    private final List<Query> queries = new ArrayList<>();

    /**
     * A search of one system.
     *
     * @param loop with few connections
     */
    public OrderSearch(LoadLoop loop, OrderRequests requests, Report report, Wanted wanted) {
        this.loop = loop;
        this.requests = requests;
        this.report = report;
        queries.add(new Query("{ __typename }", requests.nothing(), response -> true));
        Town town = wanted.orders().town();
        String customer = "customer_id: \"%s\"".formatted(town.customers().getFirst());
        String restaurant = "restaurant_id: \"%s\"".formatted(town.restaurants().getFirst());
        String product = "product: \"%s\"".formatted(Town.MENU.getFirst().code());
        String status = "status: APPROVED";
        String dates =
                "created_from: \"%s\", created_to: \"%s\"".formatted(wanted.from(), wanted.to());
        String totals = "currency: \"EUR\", total_from: \"10.00\", total_to: \"20.00\"";
        add("newest first", NEWEST);
        add("oldest first", OLDEST);
        add("dearest first", DEAREST);
        add("cheapest first", CHEAPEST);
        add("date range", NEWEST, dates);
        add("total range", DEAREST, totals);
        both("customer", customer);
        both("restaurant", restaurant);
        both("product", product);
        both("status", status);
        both("customer and status", customer, status);
        both("restaurant and status", restaurant, status);
        add("customer and date range", NEWEST, customer, dates);
        add("restaurant and total range", DEAREST, restaurant, totals);
    }

    private void both(String name, String... filter) {
        add(name, NEWEST, filter);
        add(name + " by total", DEAREST, filter);
    }

    private void add(String name, String order, String... filter) {
        byte[] request = requests.search(List.of(filter), order);
        queries.add(new Query(name, request, Query.lists(PAGE)));
    }

    /**
     * Asks for some time.
     *
     * @param orders how many there are
     * @param warmUp for how long is asked before, without measuring
     */
    public SearchTimes among(int orders, Duration warmUp, Duration time) throws IOException {
        ask(warmUp);
        Repeated load = ask(time);
        if (load.wrong().count() > 0) {
            report.fault(
                    "search among %d orders: %d wrong answers, the first: %s"
                            .formatted(orders, load.wrong().count(), load.wrong().first()));
        }
        List<SearchTimes.Each> each = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            each.add(new SearchTimes.Each(queries.get(i).name(), load.latency(i)));
        }
        return new SearchTimes(orders, each);
    }

    private Repeated ask(Duration time) throws IOException {
        Repeated load = new Repeated(Schedule.asFastAsAnswered(System.nanoTime(), time), queries);
        loop.run(load, time.plus(PATIENCE));
        return load;
    }
}
