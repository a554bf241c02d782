package io.waybill.writer.timer;

import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.DueTimersResponse;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.StoreWatch;
import io.waybill.writer.time.ProtoTime;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Fires timers when they are due. Asks the log for those that are, then sleeps until the next is,
 * or until a commit sets an earlier one. Holds a bounded number that are being handled; one that
 * was handled and stands all the same, since its command could not be decided, waits a minute. Used
 * on the pipeline's event loop.
 */
public final class Timers {

    private static final int AT_ONCE = 500;
    private static final int REMEMBERED = 5_000;
    private static final Duration STUBBORN = Duration.ofMinutes(1);

    /** No clock is trusted further: who sets a clock back finds the timers late by no more. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    /** A timer as a commit set it: set anew, it is another. */
    private record Key(String stream, String name, long position) {}

    private final EventLoop loop;
    private final CommitLog log;
    private final StoreWatch store;
    private final BiConsumer<DueTimer, Runnable> fire;
    private final Set<Key> firing = new HashSet<>();
    private final Map<Key, Long> handled =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private EventLoop.@Nullable Timer sleep;
    private @Nullable Instant armedFor;
    private int generation;
    private boolean open;
    private boolean asking;
    private boolean more;
    private int failures;

    /**
     * @param fire sends the command that a timer causes, and runs what it is given once that is out
     *     of the way
     */
    public Timers(
            EventLoop loop, CommitLog log, StoreWatch store, BiConsumer<DueTimer, Runnable> fire) {
        this.loop = loop;
        this.log = log;
        this.store = store;
        this.fire = fire;
    }

    /** Begins, or begins anew with another incarnation of the store. */
    public void open() {
        open = true;
        generation++;
        firing.clear();
        handled.clear();
        ask();
    }

    /** Fires no more. */
    public void shut() {
        open = false;
        if (sleep != null) {
            sleep.cancel();
        }
    }

    /** A commit has set a timer. */
    public void set(Instant due) {
        if (open && (armedFor == null || due.isBefore(armedFor))) {
            arm(due);
        }
    }

    private void arm(Instant due) {
        if (sleep != null) {
            sleep.cancel();
        }
        armedFor = due;
        Duration wait = Duration.between(loop.now(), due);
        if (wait.isNegative()) {
            wait = Duration.ZERO;
        }
        sleep = loop.schedule(wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait, this::ask);
    }

    private void ask() {
        if (!open) {
            return;
        }
        if (asking || firing.size() >= AT_ONCE) {
            more = true;
            return;
        }
        asking = true;
        more = false;
        armedFor = null;
        var _ =
                log.dueTimers(loop.now(), firing.size() + AT_ONCE)
                        .whenComplete((due, failure) -> loop.execute(() -> answered(due, failure)));
    }

    private void answered(@Nullable DueTimersResponse due, @Nullable Throwable failure) {
        asking = false;
        if (!open) {
            return;
        }
        if (due == null) {
            failures++;
            store.retry(failures, this::ask);
            return;
        }
        failures = 0;
        due.getTimersList().forEach(this::consider);
        if (due.hasNextDue()) {
            set(ProtoTime.toInstant(due.getNextDue()));
        }
        if (more) {
            ask();
        }
    }

    private void consider(DueTimer timer) {
        Key key = new Key(timer.getStream(), timer.getTimer().getName(), timer.getPosition());
        Long before = handled.get(key);
        if (before != null && loop.nanoTime() - before < STUBBORN.toNanos()) {
            set(loop.now().plus(STUBBORN));
            return;
        }
        if (firing.add(key)) {
            int begun = generation;
            fire.accept(timer, () -> done(begun, key));
        }
    }

    private void done(int begun, Key key) {
        if (begun != generation) {
            return;
        }
        firing.remove(key);
        handled.put(key, loop.nanoTime());
        if (more && firing.size() < AT_ONCE / 2) {
            ask();
        }
    }
}
