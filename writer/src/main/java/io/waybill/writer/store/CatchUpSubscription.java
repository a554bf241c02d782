package io.waybill.writer.store;

import com.google.protobuf.ByteString;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a feed for one subscriber: asks for the checkpoint, follows from there page by page, and
 * begins again, after a wait, whenever something fails. Saves how far the subscriber is, a second
 * late at most while the store answers. Used on one event loop.
 */
public final class CatchUpSubscription {

    private static final Duration SAVE_EVERY = Duration.ofSeconds(1);

    /**
     * Who is subscribed. Called on the event loop, and no more once the subscription is stopped.
     */
    public interface Subscriber {

        /**
         * It begins, or begins again.
         *
         * @return the position to read on from
         */
        long begin(CommitFeed.Checkpoint kept);

        /**
         * A page that was asked for; the first one is asked for by itself.
         *
         * @param position all commits up to here have come, or do not concern the subscriber
         * @return why it cannot be taken and must be read again, when that is so
         */
        Optional<String> take(List<Commit> commits, long position);

        /**
         * It could not be read, and begins again later.
         *
         * @param failures how often that was so since a page was taken, from 1
         */
        void failed(String reason, int failures);

        /** Everything up to here is dealt with. */
        long reached();

        /** What is kept with what is reached. */
        ByteString state();
    }

    /** Runs a task after so many failures, from 1, on the event loop. */
    @FunctionalInterface
    public interface Retry {
        void after(int failures, Runnable task);
    }

    private final EventLoop loop;
    private final CommitFeed feed;
    private final Retry retry;
    private final Subscriber subscriber;

    private CommitFeed.@Nullable Following following;

    /** Counts beginnings and ends; answers to what was asked before the last one mean nothing. */
    private int round;

    private boolean open;
    private int failures;
    private boolean saving;
    private long saved;

    /** A subscription on a feed; {@link #start()} begins it. */
    public CatchUpSubscription(
            EventLoop loop, CommitFeed feed, Retry retry, Subscriber subscriber) {
        this.loop = loop;
        this.feed = feed;
        this.retry = retry;
        this.subscriber = subscriber;
    }

    /** Begins at the checkpoint, or begins there anew. */
    public void start() {
        endRound();
        open = true;
        ask();
    }

    /** Asks for one more page. */
    public void next() {
        if (following != null) {
            following.next();
        }
    }

    /** Reads and saves no more, until it is started again. */
    public void stop() {
        open = false;
        endRound();
    }

    private void endRound() {
        round++;
        if (following != null) {
            following.cancel();
            following = null;
        }
    }

    private void ask() {
        int current = round;
        var _ =
                feed.checkpoint()
                        .whenComplete(
                                (kept, failure) -> in(current, () -> answered(kept, failure)));
    }

    private void answered(CommitFeed.@Nullable Checkpoint kept, @Nullable Throwable failure) {
        if (kept == null) {
            again(failure == null ? "no checkpoint was given" : Reason.of(failure));
            return;
        }
        saved = kept.position();
        follow(subscriber.begin(kept));
        saveSoon();
    }

    private void follow(long after) {
        int current = round;
        following =
                feed.follow(
                        after,
                        new CommitFeed.Listener() {
                            @Override
                            public void page(List<Commit> commits, long position) {
                                in(current, () -> take(commits, position));
                            }

                            @Override
                            public void ended(Throwable failure) {
                                in(current, () -> again(Reason.of(failure)));
                            }
                        });
        following.next();
    }

    private void take(List<Commit> commits, long position) {
        subscriber
                .take(commits, position)
                .ifPresentOrElse(
                        this::again,
                        () -> {
                            failures = 0;
                            saveSoon();
                        });
    }

    private void again(String reason) {
        endRound();
        failures++;
        int current = round;
        subscriber.failed(reason, failures);
        retry.after(
                failures,
                () -> {
                    if (current == round) {
                        ask();
                    }
                });
    }

    /** Saves in a while, when there is more to save by then. */
    public void saveSoon() {
        if (!saving && subscriber.reached() > saved) {
            saving = true;
            loop.schedule(SAVE_EVERY, this::save);
        }
    }

    /** A save that fails is no loss: the next one is further on. */
    private void save() {
        long position = subscriber.reached();
        if (!open || position <= saved) {
            saving = false;
            return;
        }
        int current = round;
        var _ =
                feed.save(position, subscriber.state())
                        .whenComplete(
                                (done, failure) ->
                                        loop.execute(() -> saved(current, position, failure)));
    }

    private void saved(int savedIn, long position, @Nullable Throwable failure) {
        saving = false;
        if (failure == null && savedIn == round) {
            saved = Math.max(saved, position);
        }
        saveSoon();
    }

    /** Runs a task on the loop, unless the round is over by then. */
    private void in(int current, Runnable task) {
        loop.execute(
                () -> {
                    if (current == round) {
                        task.run();
                    }
                });
    }
}
