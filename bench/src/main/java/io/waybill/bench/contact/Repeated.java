package io.waybill.bench.contact;

import io.waybill.bench.http.Exchange;
import io.waybill.bench.http.Response;
import io.waybill.bench.http.Work;
import io.waybill.bench.load.Samples;
import io.waybill.bench.load.Schedule;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.function.Predicate;

/** The same query over and over, on a schedule. */
final class Repeated implements Work {

    private final Schedule schedule;
    private final byte[] request;
    private final Predicate<Response> right;
    private final Samples latency = new Samples();
    private final Trouble wrong = new Trouble();
    private int answeredInTime;

    /**
     * @param right whether an answer is as it should be
     */
    Repeated(Schedule schedule, byte[] request, Predicate<Response> right) {
        this.schedule = schedule;
        this.request = request;
        this.right = right;
    }

    @Override
    public @Nullable Exchange next(long now) {
        if (!schedule.due(now)) {
            return null;
        }
        long from = schedule.take(now);
        return new Exchange(
                request,
                new Exchange.Answer() {
                    @Override
                    public void answered(Response response, long at) {
                        if (!right.test(response)) {
                            wrong.add(response.shown());
                            return;
                        }
                        latency.add(at - from);
                        if (!schedule.over(at)) {
                            answeredInTime++;
                        }
                    }

                    @Override
                    public void broken(IOException cause) {
                        wrong.add(String.valueOf(cause.getMessage()));
                    }
                });
    }

    @Override
    public boolean over(long now) {
        return schedule.over(now);
    }

    @Override
    public long nextDue(long now) {
        return schedule.nextDue(now);
    }

    Samples latency() {
        return latency;
    }

    /** How many right answers came while the schedule ran. */
    int answeredInTime() {
        return answeredInTime;
    }

    Trouble wrong() {
        return wrong;
    }
}
