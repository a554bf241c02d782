package io.waybill.database.feed;

import io.grpc.stub.ServerCallStreamObserver;
import io.waybill.database.engine.PageLimit;
import io.waybill.database.tail.LogTail;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.feed.v1.SubscribeResponse;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Failures;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One subscription. Its state belongs to the feed's thread; what happens elsewhere (a commit, a
 * subscriber that can take more, one that leaves) only has it run there. Holds no more than the
 * page it sends. Where a narrowed subscriber has nothing to hear, the position alone is told, at
 * most every {@link #SILENCE}.
 */
final class Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final PageLimit PAGE = new PageLimit(500, 256 << 10);

    /** How long after commits that were left out their position is told at the latest. */
    private static final Duration SILENCE = Duration.ofMillis(200);

    private final LogTail tail;
    private final String incarnation;
    private final Predicate<Commit> wanted;
    private final ServerCallStreamObserver<SubscribeResponse> call;
    private final ScheduledExecutorService thread;
    private final Consumer<Subscription> ended;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private LogTail.Registration registration = () -> {};
    private long position;
    private long told;
    private boolean telling;
    private boolean over;

    Subscription(
            LogTail tail,
            String incarnation,
            long afterPosition,
            Predicate<Commit> wanted,
            ServerCallStreamObserver<SubscribeResponse> call,
            ScheduledExecutorService thread,
            Consumer<Subscription> ended) {
        this.tail = tail;
        this.incarnation = incarnation;
        this.position = afterPosition;
        this.told = afterPosition;
        this.wanted = wanted;
        this.call = call;
        this.thread = thread;
        this.ended = ended;
    }

    /** Begins; to be called while the call is being set up. */
    void start() {
        call.setOnReadyHandler(this::wake);
        call.setOnCancelHandler(() -> run(this::leave));
        run(this::follow);
    }

    /** Ends the call from this side. May be called from any thread. */
    void end() {
        run(() -> fail(new WaybillException(ErrorCode.UNAVAILABLE, "the database is stopping")));
    }

    private void follow() {
        if (!over) {
            registration = tail.follow(this::wake);
            send();
        }
    }

    private void wake() {
        if (scheduled.compareAndSet(false, true)) {
            run(this::send);
        }
    }

    private void send() {
        scheduled.set(false);
        if (over || !call.isReady()) {
            return;
        }
        try {
            List<Commit> page = tail.read(position, PAGE);
            if (!page.isEmpty()) {
                position = page.getLast().getPosition();
                List<Commit> given = page.stream().filter(wanted).toList();
                if (!given.isEmpty()) {
                    tell(given);
                }
                // There may be more: after the others have had their turn.
                wake();
            }
            if (told < position && !telling) {
                telling = true;
                run(this::tellPosition, SILENCE);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /**
     * Tells how far it has read, unless commits have told it since. Who cannot take it now is told
     * once he can: that has it sent for again.
     */
    private void tellPosition() {
        telling = false;
        if (!over && told < position && call.isReady()) {
            tell(List.of());
        }
    }

    private void tell(List<Commit> commits) {
        told = position;
        call.onNext(
                SubscribeResponse.newBuilder()
                        .addAllCommits(commits)
                        .setIncarnation(incarnation)
                        .setPosition(position)
                        .build());
    }

    private void fail(RuntimeException failure) {
        if (!over) {
            leave();
            call.onError(Failures.toStatus(failure));
        }
    }

    private void leave() {
        over = true;
        registration.close();
        ended.accept(this);
    }

    private void run(Runnable task) {
        run(task, Duration.ZERO);
    }

    private void run(Runnable task, Duration after) {
        try {
            thread.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("a subscription has nothing more to do: the feed is closed", e);
        }
    }
}
