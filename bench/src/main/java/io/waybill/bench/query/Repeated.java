package io.waybill.bench.query;

import io.waybill.bench.http.Exchange;
import io.waybill.bench.http.Response;
import io.waybill.bench.http.Work;
import io.waybill.bench.load.Samples;
import io.waybill.bench.load.Schedule;
import io.waybill.bench.report.Trouble;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/** The same queries over and over, in turn, on a schedule. Not thread-safe. */
public final class Repeated implements Work {

    private final Schedule schedule;
    private final List<Query> queries;
    private final List<Samples> latencies;
    private final Trouble wrong = new Trouble();
    private int turn;
    private int answeredInTime;

    /** Asks some queries; all of them equally often, give or take one. */
    public Repeated(Schedule schedule, List<Query> queries) {
        this.schedule = schedule;
        this.queries = List.copyOf(queries);
        this.latencies = queries.stream().map(query -> new Samples()).toList();
    }

    @Override
    public @Nullable Exchange next(long now) {
        if (!schedule.due(now)) {
            return null;
        }
        long from = schedule.take(now);
        int which = turn;
        turn = (turn + 1) % queries.size();
        return new Exchange(
                queries.get(which).request(),
                new Exchange.Answer() {
                    @Override
                    public void answered(Response response, long at) {
                        heard(which, response, at - from, at);
                    }

                    @Override
                    public void broken(IOException cause) {
                        wrong.add(String.valueOf(cause.getMessage()));
                    }
                });
    }

    private void heard(int which, Response response, long took, long at) {
        Query query = queries.get(which);
        if (!query.right().test(response)) {
            wrong.add(query.name() + ": " + response.shown());
            return;
        }
        latencies.get(which).add(took);
        if (!schedule.over(at)) {
            answeredInTime++;
        }
    }

    @Override
    public boolean over(long now) {
        return schedule.over(now);
    }

    @Override
    public long nextDue(long now) {
        return schedule.nextDue(now);
    }

    /**
     * How long right answers took.
     *
     * @param which of the queries, counted from 0
     */
    public Samples latency(int which) {
        return latencies.get(which);
    }

    /** How many right answers came while the schedule ran. */
    public int answeredInTime() {
        return answeredInTime;
    }

    /** What was not right. */
    public Trouble wrong() {
        return wrong;
    }
}
