package io.waybill.bench.contact;

import io.waybill.bench.http.Exchange;
import io.waybill.bench.http.Work;
import io.waybill.bench.load.Backlog;
import io.waybill.bench.load.Samples;
import io.waybill.bench.load.Schedule;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * Adds contacts on a schedule and reads some, all or none of them back as soon as they are
 * accepted.
 */
final class AddLoad implements Work {

    /** Which accepted adds are read back. */
    interface Choice {
        boolean readBack(long now);
    }

    private final Schedule schedule;
    private final Choice choice;
    private final Adds adds;
    private final ReadBacks readBacks;
    private final Backlog backlog = new Backlog();

    /** The so-manieth to be accepted each sampled command was: all before it are done with it. */
    private final Map<Integer, Integer> rankOf = new HashMap<>();

    private final Samples readable = new Samples();
    private Ledger.@Nullable Accepted last;
    private boolean lastIsChosen;
    private long lastAcceptedAt;
    private int acceptedInTime;
    private int accepted;

    AddLoad(Requests requests, Ledger ledger, Schedule schedule, Choice choice) {
        this.schedule = schedule;
        this.choice = choice;
        adds = new Adds(requests, ledger, this::accepted);
        readBacks = new ReadBacks(requests, this::readable);
    }

    private void accepted(Ledger.Accepted add, long now) {
        accepted++;
        if (schedule.inTime(now)) {
            acceptedInTime++;
        }
        last = add;
        lastAcceptedAt = now;
        lastIsChosen = choice.readBack(now);
        if (lastIsChosen) {
            rankOf.put(add.number(), accepted);
            readBacks.add(add, now);
        }
    }

    private void readable(Ledger.Accepted add, long acceptedAt, long now) {
        readable.add(now - acceptedAt);
        Integer rank = rankOf.remove(add.number());
        if (rank != null) {
            backlog.sample(rank, accepted, !schedule.over(now), now);
        }
    }

    @Override
    public @Nullable Exchange next(long now) {
        return schedule.due(now) ? adds.next(schedule.take(now)) : null;
    }

    @Override
    public @Nullable Exchange nextAside(long now) {
        if (schedule.over(now) && adds.underWay() == 0 && last != null && !lastIsChosen) {
            // The last one accepted tells when all are done.
            lastIsChosen = true;
            rankOf.put(last.number(), accepted);
            readBacks.add(last, lastAcceptedAt);
        }
        return readBacks.next();
    }

    @Override
    public boolean over(long now) {
        return schedule.over(now)
                && adds.underWay() == 0
                && readBacks.done()
                && (last == null || lastIsChosen);
    }

    @Override
    public long nextDue(long now) {
        return schedule.nextDue(now);
    }

    Adds adds() {
        return adds;
    }

    ReadBacks readBacks() {
        return readBacks;
    }

    /** From acceptance to readable, of those that were read back. */
    Samples readable() {
        return readable;
    }

    Backlog backlog() {
        return backlog;
    }

    /** How many were accepted before the schedule's time was over. */
    int acceptedInTime() {
        return acceptedInTime;
    }
}
