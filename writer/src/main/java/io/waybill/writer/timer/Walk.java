package io.waybill.writer.timer;

import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.DueTimersResponse;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.StoreWatch;
import io.waybill.writer.time.ProtoTime;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Goes through the timers that are due in their order, from the place where it stopped last, and
 * has each fired. Holds a bounded number that are being handled, and waits where it is while they
 * are. Used on the pipeline's event loop.
 */
final class Walk {

    private final EventLoop loop;
    private final CommitLog log;
    private final StoreWatch store;
    private final int atOnce;
    private final Supplier<Instant> until;
    private final BiPredicate<DueTimer, Runnable> fire;
    private final Consumer<Optional<Instant>> atItsEnd;

    private Optional<DueTimer> place = Optional.empty();

    /** Where to go back to once the answer that is awaited has come. */
    private Optional<Instant> back = Optional.empty();

    private boolean going;
    private boolean asking;
    private boolean more;
    private int handling;
    private int failures;
    private int round;

    /**
     * @param atOnce how many may be handled at the same time
     * @param until it goes no further than what is due at this time or before
     * @param fire has a timer fired, and runs what it is given once that is handled; answers
     *     whether it did
     * @param atItsEnd hears when the next one is due, if there is any, whenever none is left
     */
    Walk(
            EventLoop loop,
            CommitLog log,
            StoreWatch store,
            int atOnce,
            Supplier<Instant> until,
            BiPredicate<DueTimer, Runnable> fire,
            Consumer<Optional<Instant>> atItsEnd) {
        this.loop = loop;
        this.log = log;
        this.store = store;
        this.atOnce = atOnce;
        this.until = until;
        this.fire = fire;
        this.atItsEnd = atItsEnd;
    }

    /** Goes from the first timer on; what was being handled is forgotten. */
    void begin() {
        stop();
        going = true;
        place = Optional.empty();
        go();
    }

    /** Goes no further. */
    void stop() {
        round++;
        going = false;
        asking = false;
        more = false;
        handling = 0;
        back = Optional.empty();
    }

    /** Whether it has come to its end, and all that it had fired is handled. */
    boolean isIdle() {
        return !asking && !more && handling == 0;
    }

    /** When those at its place are due; empty while it is before the first. */
    Optional<Instant> place() {
        return place.map(timer -> ProtoTime.toInstant(timer.getTimer().getDue()));
    }

    /** Goes back, if it has passed this time, so that what is due then is found. */
    void backTo(Instant due) {
        if (asking) {
            back = back.filter(earlier -> earlier.isBefore(due)).or(() -> Optional.of(due));
        } else if (place().filter(at -> !at.isBefore(due)).isPresent()) {
            place =
                    Optional.of(
                            DueTimer.newBuilder()
                                    .setTimer(Timer.newBuilder().setDue(ProtoTime.of(due)))
                                    .build());
        }
    }

    /** Goes on, if it stands. */
    void go() {
        if (!going) {
            return;
        }
        if (asking || handling >= atOnce) {
            more = true;
            return;
        }
        asking = true;
        more = false;
        int current = round;
        int limit = atOnce - handling;
        var _ =
                log.dueTimers(place, until.get(), limit)
                        .whenComplete(
                                (due, failure) ->
                                        loop.execute(() -> answered(current, limit, due)));
    }

    private void answered(int current, int limit, @Nullable DueTimersResponse due) {
        if (current != round) {
            return;
        }
        asking = false;
        if (due == null) {
            failures++;
            store.retry(failures, this::go);
            return;
        }
        failures = 0;
        for (DueTimer timer : due.getTimersList()) {
            if (fire.test(timer, this::handled)) {
                handling++;
            }
        }
        if (due.getTimersCount() > 0) {
            place = Optional.of(due.getTimers(due.getTimersCount() - 1));
        }
        back.ifPresent(this::backTo);
        back = Optional.empty();
        if (more || due.getTimersCount() == limit) {
            go();
        } else {
            atItsEnd.accept(
                    due.hasNextDue()
                            ? Optional.of(ProtoTime.toInstant(due.getNextDue()))
                            : Optional.empty());
        }
    }

    private void handled() {
        handling--;
        if (more && handling < atOnce / 2) {
            go();
        }
    }
}
