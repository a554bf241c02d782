package io.waybill.bench;

import io.waybill.bench.http.LoadLoop;
import io.waybill.bench.http.Target;
import io.waybill.bench.order.OrderLoads;
import io.waybill.bench.order.OrderNews;
import io.waybill.bench.order.OrderRequests;
import io.waybill.bench.order.OrderSearch;
import io.waybill.bench.report.Cost;
import io.waybill.bench.report.Report;
import io.waybill.bench.system.MeasuredSystem;

import java.io.IOException;

/** What leads into a system that orders are measured in, open for as long as it runs. */
final class OrderDoors implements AutoCloseable {

    private static final int CONNECTIONS_TO_SEARCH = 2;

    private final MeasuredSystem system;
    private final Run.Settings settings;
    private final Report report;
    private final OrderRequests requests;
    private final OrderNews news;
    private final LoadLoop loop;
    private final LoadLoop few;

    OrderDoors(MeasuredSystem system, Run.Settings settings, Report report) throws IOException {
        this.system = system;
        this.settings = settings;
        this.report = report;
        Target target = Target.of(system.http(), "/graphql", settings.anywhere());
        requests = new OrderRequests(target);
        news = OrderNews.from(system.mqtt());
        try {
            loop = new LoadLoop(target, settings.connections(), 0);
            few = new LoadLoop(target, CONNECTIONS_TO_SEARCH, 0);
        } catch (IOException e) {
            news.close();
            throw e;
        }
    }

    /**
     * The loads.
     *
     * @param run tells the customers and restaurants of this run from all others
     */
    OrderLoads loads(String run) {
        return new OrderLoads(
                loop,
                requests,
                news,
                report,
                new Cost.Meter(system.process()),
                run,
                settings.patience());
    }

    OrderSearch search(OrderSearch.Wanted wanted) {
        return new OrderSearch(few, requests, report, wanted);
    }

    @Override
    public void close() {
        few.close();
        loop.close();
        news.close();
    }
}
