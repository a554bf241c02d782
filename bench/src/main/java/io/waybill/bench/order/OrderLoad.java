package io.waybill.bench.order;

import io.waybill.bench.http.Exchange;
import io.waybill.bench.http.Response;
import io.waybill.bench.http.Work;
import io.waybill.bench.load.Backlog;
import io.waybill.bench.load.Samples;
import io.waybill.bench.load.Schedule;
import io.waybill.bench.report.Trouble;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Posts orders on a schedule, and is over when something was heard of all that were accepted, or
 * the patience for that is at its end. Not thread-safe.
 */
final class OrderLoad implements Work {

    private static final long SAMPLE_EVERY_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LOOK_AGAIN_NANOS = 1_000_000;
    private static final int ACCEPTED = 202;

    private final OrderRequests requests;
    private final OrderLedger ledger;
    private final Schedule schedule;
    private final OrderNews.Watch watch;
    private final int mostRunning;
    private final long patienceNanos;

    /** How many the ledger held before. */
    private final int before;

    private final Samples accept = new Samples();
    private final Trouble refused = new Trouble();
    private final Backlog backlog = new Backlog();
    private int underWay;
    private int acceptedInTime;
    private long nextSample;
    private long allAnsweredAt;

    /**
     * @param ledger may hold orders of an earlier load; they are none of this one
     * @param watch what is heard of the orders; of no others, while this runs
     * @param mostRunning how many may be under way at a time: the system accepts orders faster than
     *     it carries them out
     * @param patience how long after the last answer something may take to be heard
     */
    OrderLoad(
            OrderRequests requests,
            OrderLedger ledger,
            Schedule schedule,
            OrderNews.Watch watch,
            int mostRunning,
            Duration patience) {
        this.requests = requests;
        this.ledger = ledger;
        this.schedule = schedule;
        this.watch = watch;
        this.mostRunning = mostRunning;
        this.patienceNanos = patience.toNanos();
        this.before = ledger.accepted().size();
    }

    @Override
    public @Nullable Exchange next(long now) {
        sample(now);
        return schedule.due(now) && running() < mostRunning ? post(schedule.take(now)) : null;
    }

    private int running() {
        return underWay + accepted().size() - watch.count();
    }

    private Exchange post(long from) {
        int number = ledger.nextNumber();
        underWay++;
        return new Exchange(
                requests.post(ledger.town().wish(number)),
                new Exchange.Answer() {
                    @Override
                    public void answered(Response response, long now) {
                        underWay--;
                        heard(number, response, from, now);
                    }

                    @Override
                    public void broken(IOException cause) {
                        underWay--;
                        ledger.doubt();
                    }
                });
    }

    private void heard(int number, Response response, long from, long now) {
        Optional<String> id = response.string("order_id");
        if (response.status() != ACCEPTED || id.isEmpty()) {
            refused.add(response.shown());
            return;
        }
        accept.add(now - from);
        ledger.accept(new OrderLedger.Accepted(UUID.fromString(id.get()), number, from, now));
        if (schedule.inTime(now)) {
            acceptedInTime++;
        }
    }

    private void sample(long now) {
        if (nextSample == 0 || now - nextSample >= 0) {
            int accepted = accepted().size();
            backlog.sample(Math.min(watch.count(), accepted), accepted, !schedule.over(now), now);
            nextSample = now + SAMPLE_EVERY_NANOS;
        }
    }

    @Override
    public boolean over(long now) {
        if (!schedule.over(now) || underWay > 0) {
            return false;
        }
        if (allAnsweredAt == 0) {
            allAnsweredAt = now;
        }
        boolean all = watch.count() >= accepted().size();
        if (all) {
            nextSample = 0;
            sample(now);
        }
        return all || now - allAnsweredAt > patienceNanos;
    }

    @Override
    public long nextDue(long now) {
        return running() < mostRunning ? schedule.nextDue(now) : now + LOOK_AGAIN_NANOS;
    }

    /** What was accepted of this load, in the order of the answers. */
    List<OrderLedger.Accepted> accepted() {
        return ledger.accepted().subList(before, ledger.accepted().size());
    }

    /** From when a post counts until it was accepted. */
    Samples accept() {
        return accept;
    }

    Trouble refused() {
        return refused;
    }

    /** Orders that were accepted, and of which nothing was heard yet. */
    Backlog backlog() {
        return backlog;
    }

    /** How many were accepted before the schedule's time was over. */
    int acceptedInTime() {
        return acceptedInTime;
    }

    /** What was heard of an order; null when nothing was. */
    OrderNews.@Nullable Heard heard(OrderLedger.Accepted order) {
        return watch.of(order.id());
    }

    /** How many were accepted of which nothing was heard. */
    int unheard() {
        return (int) accepted().stream().filter(order -> heard(order) == null).count();
    }

    /** From acceptance until something was heard, of each order of which it was. */
    Samples untilHeard() {
        return until(false);
    }

    /** The same from when each post was due. */
    Samples untilHeardFromDue() {
        return until(true);
    }

    private Samples until(boolean fromDue) {
        Samples samples = new Samples();
        for (OrderLedger.Accepted order : accepted()) {
            OrderNews.Heard heard = heard(order);
            if (heard != null) {
                // What is heard before the answer came was ready with it.
                samples.add(Math.max(0, heard.at() - (fromDue ? order.from() : order.at())));
            }
        }
        return samples;
    }
}
