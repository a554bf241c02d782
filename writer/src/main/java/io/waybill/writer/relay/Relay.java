package io.waybill.writer.relay;

import com.google.protobuf.ByteString;

import io.waybill.catalogue.EventCatalogue;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.time.Backoff;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.relay.Window.Telling;
import io.waybill.writer.store.CatchUpSubscription;
import io.waybill.writer.store.CommitFeed;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Follows the log of one partition and tells what happened. Begins at its checkpoint, when it
 * starts and whenever the feed breaks off, so that what a restored store has forgotten is never
 * counted. Holds a bounded number of commits, and asks for more when those are told; a store or a
 * broker that is away is waited for.
 *
 * <p>All state lives on the event loop. The ports may answer on any thread.
 */
public final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int MOST_HELD = 1_000;
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2));

    private final EventLoop loop;
    private final EventQueue queue;
    private final int partition;
    private final RandomGenerator random;
    private final CatchUpSubscription subscription;
    private final Window window;
    private final RetainedSequences retained;

    private volatile @Nullable String trouble;
    private CloudEvents events = new CloudEvents(EventCatalogue.standard(), "");

    /** What is given out to messages. */
    private Sequences given = new Sequences();

    /** What the broker has taken, commit by commit: what the checkpoint keeps. */
    private Sequences told = new Sequences();

    private boolean paused;
    private long read;
    private long reached;
    private long stuckUpTo;

    /** Wires the relay; {@link #start()} lets it begin. */
    public Relay(
            EventLoop loop,
            CommitFeed feed,
            EventQueue queue,
            int partition,
            RandomGenerator random) {
        this.loop = loop;
        this.queue = queue;
        this.partition = partition;
        this.random = random;
        this.subscription = new CatchUpSubscription(loop, feed, this::later, new Pages());
        this.window = new Window(loop, queue, random, this::told);
        this.retained = new RetainedSequences(loop, this::retain);
    }

    /** Begins. Call once, from any thread. */
    public void start() {
        queue.start(() -> loop.execute(this::connected));
        loop.execute(subscription::start);
    }

    /** Reads and tells no more; the queue stays open. May be called from any thread. */
    public void shut() {
        loop.execute(
                () -> {
                    subscription.stop();
                    window.clear();
                    retained.shut();
                });
    }

    /** Why nothing is told, when that is so for a while. Safe for use by many threads. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void connected() {
        retained.connected();
        window.connected();
    }

    private void later(int failures, Runnable task) {
        loop.schedule(BACKOFF.after(failures, random), task);
    }

    /** All is well, unless there is a page ahead that could not be told. */
    private void untroubled() {
        if (read >= stuckUpTo) {
            trouble = null;
        }
    }

    /** Asks for a page when there is room for it. */
    private void more() {
        if (paused && window.size() < MOST_HELD) {
            paused = false;
            subscription.next();
        }
    }

    private void told(Telling commit) {
        reached = commit.position();
        for (Told message : commit.messages()) {
            told.reached(message.aggregate(), message.sequence());
            retained.reached(message.aggregate(), message.sequence());
        }
        more();
        subscription.saveSoon();
    }

    private CompletableFuture<Boolean> retain(String aggregate, long sequence) {
        return queue.publish(events.sequence(partition, aggregate, sequence))
                .thenApply(result -> !result.refused());
    }

    private final class Pages implements CatchUpSubscription.Subscriber {

        @Override
        public long begin(CommitFeed.Checkpoint kept) {
            window.clear();
            events = new CloudEvents(EventCatalogue.standard(), kept.incarnation());
            given = Sequences.from(kept.state());
            told = Sequences.from(kept.state());
            read = kept.position();
            reached = kept.position();
            paused = false;
            untroubled();
            retained.begin(told.byAggregate());
            return read;
        }

        @Override
        public Optional<String> take(List<Commit> commits, long position) {
            try {
                for (Commit commit : commits) {
                    if (commit.getPosition() > read) {
                        window.add(new Telling(commit.getPosition(), events.of(commit, given)));
                    }
                }
            } catch (IllegalStateException e) {
                if (!Reason.of(e).equals(trouble)) {
                    LOG.error("the relay cannot go on, and tries again", e);
                }
                stuckUpTo = position;
                window.go();
                return Optional.of(Reason.of(e));
            }
            read = Math.max(read, position);
            untroubled();
            paused = true;
            window.go();
            more();
            return Optional.empty();
        }

        @Override
        public void failed(String reason, int failures) {
            trouble = reason;
            if (failures == 1) {
                LOG.warn("the relay reads the log again from its checkpoint on: {}", reason);
            }
        }

        @Override
        public long reached() {
            return reached;
        }

        @Override
        public ByteString state() {
            return told.toState();
        }
    }
}
