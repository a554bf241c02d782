package io.waybill.writer.timer;

import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.StoreWatch;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Fires timers when they are due. Goes through those that are, then sleeps until the next is, or
 * until a commit sets an earlier one. What was fired and stands all the same, since its command
 * could not be decided, is fired again each minute, by a walk of its own: however many there are,
 * those that come due do not wait behind them. Used on the pipeline's event loop.
 */
public final class Timers {

    private static final Logger LOG = LoggerFactory.getLogger(Timers.class);
    private static final int AT_ONCE = 500;
    private static final int STUBBORN_AT_ONCE = 50;
    private static final Duration STUBBORN = Duration.ofMinutes(1);

    /** No clock is trusted further: who sets a clock back finds the timers late by no more. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    /** A timer as a commit set it: set anew, it is another. */
    private record Key(String stream, String name, long position) {}

    private final EventLoop loop;
    private final BiConsumer<DueTimer, Runnable> fire;
    private final Walk due;
    private final Walk stubborn;
    private final Set<Key> firing = new HashSet<>();

    private EventLoop.@Nullable Timer sleep;
    private EventLoop.@Nullable Timer again;
    private @Nullable Instant armedFor;
    private int generation;
    private boolean open;

    /**
     * @param fire sends the command that a timer causes, and runs what it is given once that is out
     *     of the way
     */
    public Timers(
            EventLoop loop, CommitLog log, StoreWatch store, BiConsumer<DueTimer, Runnable> fire) {
        this.loop = loop;
        this.fire = fire;
        this.due = new Walk(loop, log, store, AT_ONCE, loop::now, this::fire, this::sleepUntil);
        this.stubborn =
                new Walk(loop, log, store, STUBBORN_AT_ONCE, this::fired, this::fire, next -> {});
    }

    /** Begins, or begins anew with another incarnation of the store. */
    public void open() {
        shut();
        open = true;
        generation++;
        firing.clear();
        due.begin();
        lookAgainLater();
    }

    /** Fires no more. */
    public void shut() {
        open = false;
        due.stop();
        stubborn.stop();
        if (sleep != null) {
            sleep.cancel();
        }
        if (again != null) {
            again.cancel();
        }
        armedFor = null;
    }

    /** A commit has set a timer. */
    public void set(Instant at) {
        if (!open) {
            return;
        }
        due.backTo(at);
        wakeAt(at);
    }

    /** Nothing more is due now. */
    private void sleepUntil(Optional<Instant> next) {
        Instant longest = loop.now().plus(LONGEST_SLEEP);
        wakeAt(next.filter(at -> at.isBefore(longest)).orElse(longest));
    }

    private void wakeAt(Instant at) {
        if (armedFor == null || at.isBefore(armedFor)) {
            arm(at);
        }
    }

    private void arm(Instant at) {
        if (sleep != null) {
            sleep.cancel();
        }
        armedFor = at;
        Duration wait = Duration.between(loop.now(), at);
        if (wait.isNegative()) {
            wait = Duration.ZERO;
        }
        sleep = loop.schedule(wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait, this::wake);
    }

    private void wake() {
        armedFor = null;
        due.go();
    }

    private void lookAgainLater() {
        again =
                loop.schedule(
                        STUBBORN,
                        () -> {
                            if (due.place().isPresent() && stubborn.isIdle()) {
                                stubborn.begin();
                            }
                            lookAgainLater();
                        });
    }

    /** Everything up to here has been fired once. */
    private Instant fired() {
        return due.place().orElse(Instant.EPOCH);
    }

    private boolean fire(DueTimer timer, Runnable handled) {
        Key key = new Key(timer.getStream(), timer.getTimer().getName(), timer.getPosition());
        if (!firing.add(key)) {
            return false;
        }
        int begun = generation;
        try {
            fire.accept(
                    timer,
                    () -> {
                        if (begun == generation) {
                            firing.remove(key);
                            handled.run();
                        }
                    });
            return true;
        } catch (RuntimeException e) {
            firing.remove(key);
            LOG.error("the timer {} of {} causes nothing", key.name(), key.stream(), e);
            return false;
        }
    }
}
