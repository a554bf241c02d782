package io.waybill.writer.store;

import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.time.Backoff;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Knows which store there is and whether it answers, by asking it every two seconds, and sooner,
 * with backoff and jitter, while something waits for it. Used on the pipeline's event loop alone,
 * but for {@link #reachable()}.
 */
public final class StoreWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final Duration ASK_EVERY = Duration.ofSeconds(2);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2));

    private final EventLoop loop;
    private final CommitLog log;
    private final StoreMemory memory;
    private final RandomGenerator random;
    private final StoreListener listener;
    private final List<Runnable> waiting = new ArrayList<>();

    private volatile boolean reachable;
    private @Nullable StoreInfo known;
    private EventLoop.@Nullable Timer timer;
    private boolean asking;
    private boolean stopped;
    private int failures;

    /** Watches a log; {@link #start()} begins. */
    public StoreWatch(
            EventLoop loop,
            CommitLog log,
            StoreMemory memory,
            RandomGenerator random,
            StoreListener listener) {
        this.loop = loop;
        this.log = log;
        this.memory = memory;
        this.random = random;
        this.listener = listener;
    }

    /** Asks for the first time. */
    public void start() {
        ask();
    }

    /** Asks no more, and drops what waits. */
    public void stop() {
        stopped = true;
        waiting.clear();
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Whether the store answered when last asked. Safe for use by many threads. */
    public boolean reachable() {
        return reachable;
    }

    /**
     * The store.
     *
     * @throws IllegalStateException before it has answered for the first time
     */
    public StoreInfo current() {
        StoreInfo store = known;
        if (store == null) {
            throw new IllegalStateException("the store is not known yet");
        }
        return store;
    }

    /** The store's incarnation; empty before it has answered. */
    public String incarnation() {
        return known == null ? "" : known.getIncarnation();
    }

    /**
     * Runs a task after a backed-off wait, as soon as the store answers.
     *
     * @param failures how often the task has failed so far, from 1
     */
    public void retry(int failures, Runnable task) {
        loop.schedule(
                BACKOFF.after(failures, random),
                () -> {
                    waiting.add(task);
                    ask();
                });
    }

    /** Asks now: the store may have changed. */
    public void ask() {
        if (asking || stopped) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        asking = true;
        var _ =
                log.store()
                        .whenComplete(
                                (store, failure) -> loop.execute(() -> answered(store, failure)));
    }

    private void answered(@Nullable StoreInfo store, @Nullable Throwable failure) {
        asking = false;
        if (stopped) {
            return;
        }
        if (store == null) {
            askLater(failure == null ? "it gave no answer" : Reason.of(failure));
            return;
        }
        try {
            if (!accept(store)) {
                return;
            }
        } catch (UncheckedIOException e) {
            askLater(Reason.of(e));
            return;
        }
        failures = 0;
        reachable = true;
        timer = loop.schedule(ASK_EVERY, this::ask);
        List<Runnable> ready = List.copyOf(waiting);
        waiting.clear();
        ready.forEach(Runnable::run);
    }

    private void askLater(String reason) {
        failures++;
        if (failures == 1) {
            LOG.warn(
                    "it cannot be told which store the database has; commands wait until it can: {}",
                    reason);
        }
        reachable = false;
        timer = loop.schedule(BACKOFF.after(failures, random), this::ask);
    }

    private boolean accept(StoreInfo store) {
        StoreInfo before = known;
        if (store.getPartitions() != 1) {
            return refuse(
                    "store %s has %d partitions; this writer serves one"
                            .formatted(store.getStoreId(), store.getPartitions()));
        }
        Optional<StoreInfo> remembered = memory.remembered();
        if (remembered.isEmpty()) {
            memory.remember(store);
        } else if (!remembered.get().getStoreId().equals(store.getStoreId())) {
            return refuse(
                    "the database serves store %s, but this writer writes to store %s: start the database of that store, or the writer with an empty folder"
                            .formatted(store.getStoreId(), remembered.get().getStoreId()));
        } else if (remembered.get().getPartitions() != store.getPartitions()) {
            return refuse(
                    "store %s has %d partitions, but had %d when this writer first wrote to it"
                            .formatted(
                                    store.getStoreId(),
                                    store.getPartitions(),
                                    remembered.get().getPartitions()));
        }
        known = store;
        if (before == null) {
            listener.opened();
        } else if (!before.getIncarnation().equals(store.getIncarnation())) {
            LOG.warn("the store was restored: what was read from it before is read again");
            listener.restored();
        }
        return true;
    }

    private boolean refuse(String sentence) {
        LOG.error("the writer stops: {}", sentence);
        reachable = false;
        stop();
        listener.refused(sentence);
        return false;
    }
}
