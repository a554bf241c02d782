package io.waybill.gateway.event;

import io.waybill.gateway.graphql.port.ViewChanges;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.time.EventLoop;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Turns events into fresh states of what is watched. All its state lives on the event loop, on
 * which watchers are called. Safe for use by many threads.
 */
public final class Changes implements ViewChanges, EventListener {

    /** Which aggregate's events change what. */
    static final Map<String, ViewKind> KINDS =
            Map.of("ORDER", ViewKind.ORDER, "CONTACT", ViewKind.CONTACT);

    private static final int MOST_WATCHES = 10_000;

    private final EventLoop loop;
    private final Executor threads;
    private final Map<ViewKind, WatchedKind> kinds = new EnumMap<>(ViewKind.class);
    private final Map<String, HeardSequences> sequences = new HashMap<>();
    private int watches;
    private boolean closed;

    /**
     * Changes of what these reads give.
     *
     * @param threads where watchers do what takes longer
     */
    public Changes(EventLoop loop, ViewReads views, Executor threads) {
        this.loop = loop;
        this.threads = threads;
        KINDS.forEach(
                (aggregate, kind) -> {
                    kinds.put(kind, new WatchedKind(kind, views, loop));
                    sequences.put(aggregate, new HeardSequences());
                });
    }

    @Override
    public Watching watch(ViewKind kind, Optional<String> id, Watcher watcher) {
        Watch watch = new Watch(kind, id, watcher, this);
        loop.execute(() -> opened(watch));
        return watch;
    }

    @Override
    public Executor threads() {
        return threads;
    }

    private void opened(Watch watch) {
        if (closed) {
            watch.watcher().failed(stopping());
        } else if (watches >= MOST_WATCHES) {
            watch.watcher()
                    .failed(
                            new WaybillException(
                                            ErrorCode.RESOURCE_EXHAUSTED,
                                            "too many subscriptions run already; try again later")
                                    .retryAfter(Duration.ofSeconds(5)));
        } else {
            watches++;
            kind(watch.kind()).add(watch);
        }
    }

    void closed(Watch watch) {
        loop.execute(
                () -> {
                    if (kind(watch.kind()).remove(watch)) {
                        watches--;
                    }
                });
    }

    void tell(ViewKind kind, List<String> ids) {
        loop.execute(() -> kind(kind).tell(ids));
    }

    @Override
    public void connected() {
        loop.execute(
                () -> {
                    sequences.values().forEach(HeardSequences::clear);
                    kinds.values().forEach(WatchedKind::missed);
                });
    }

    @Override
    public void happened(String aggregate, int partition, long sequence, String id) {
        on(
                aggregate,
                (heard, kind) -> {
                    if (heard.missedBefore(partition, sequence)) {
                        kind.missed();
                    }
                    kind.changed(id);
                });
    }

    @Override
    public void reached(String aggregate, int partition, long sequence) {
        on(
                aggregate,
                (heard, kind) -> {
                    if (heard.missedUpTo(partition, sequence)) {
                        kind.missed();
                    }
                });
    }

    @Override
    public void misheard(String aggregate) {
        on(aggregate, (heard, kind) -> kind.missed());
    }

    /** Tells all who watch that the gateway stops. */
    public void close() {
        loop.execute(
                () -> {
                    closed = true;
                    kinds.values().forEach(kind -> kind.fail(stopping()));
                });
    }

    private interface Hearing {
        void hear(HeardSequences heard, WatchedKind kind);
    }

    private void on(String aggregate, Hearing hearing) {
        loop.execute(
                () -> {
                    ViewKind kind = KINDS.get(aggregate);
                    HeardSequences heard = sequences.get(aggregate);
                    if (kind != null && heard != null) {
                        hearing.hear(heard, kind(kind));
                    }
                });
    }

    private WatchedKind kind(ViewKind kind) {
        WatchedKind watched = kinds.get(kind);
        if (watched == null) {
            throw new IllegalArgumentException(kind + " cannot be watched");
        }
        return watched;
    }

    private static WaybillException stopping() {
        return new WaybillException(ErrorCode.UNAVAILABLE, "the gateway stops; subscribe again");
    }
}
