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

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One subscription. Its state belongs to the feed's thread; what happens elsewhere (a commit, a
 * subscriber that can take more, one that leaves) only has it run there. Holds no more than the
 * page it sends.
 */
final class Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final PageLimit PAGE = new PageLimit(500, 256 << 10);

    private final LogTail tail;
    private final String incarnation;
    private final ServerCallStreamObserver<SubscribeResponse> call;
    private final Executor thread;
    private final Consumer<Subscription> ended;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private LogTail.Registration registration = () -> {};
    private long position;
    private boolean over;

    Subscription(
            LogTail tail,
            String incarnation,
            long afterPosition,
            ServerCallStreamObserver<SubscribeResponse> call,
            Executor thread,
            Consumer<Subscription> ended) {
        this.tail = tail;
        this.incarnation = incarnation;
        this.position = afterPosition;
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
                call.onNext(
                        SubscribeResponse.newBuilder()
                                .addAllCommits(page)
                                .setIncarnation(incarnation)
                                .build());
                // There may be more: after the others have had their turn.
                wake();
            }
        } catch (RuntimeException e) {
            fail(e);
        }
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
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("a subscription has nothing more to do: the feed is closed", e);
        }
    }
}
