package io.waybill.gateway.graphql.field;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One subscriber's stream of the latest state of several things: what was not told yet is replaced
 * by what is newer, so that a slow subscriber skips states but never holds more than {@link #MOST}.
 * What found no room is put again once all before it was told; beyond {@link #MOST_REFUSED} of that
 * the stream fails. Its lock guards what is untold and asked for; the subscriber is called by one
 * thread at a time, outside the lock, on the threads given.
 */
final class LatestStream<T> implements Subscription {

    static final int MOST = 1_000;
    static final int MOST_REFUSED = 10_000;

    private final Subscriber<? super T> subscriber;
    private final Executor threads;
    private final Consumer<List<String>> room;
    private final Map<String, T> untold = new LinkedHashMap<>();
    private final Set<String> refused = new LinkedHashSet<>();
    private @Nullable Runnable feed;
    private @Nullable WaybillException failure;
    private long asked;
    private boolean ended;
    private boolean over;
    private boolean telling;

    LatestStream(Subscriber<? super T> subscriber, Executor threads) {
        this(subscriber, threads, refused -> {});
    }

    /**
     * A stream for a subscriber.
     *
     * @param room is told, on the threads, what found no room, when all else was told and more is
     *     asked for
     */
    LatestStream(Subscriber<? super T> subscriber, Executor threads, Consumer<List<String>> room) {
        this.subscriber = subscriber;
        this.threads = threads;
        this.room = room;
    }

    /**
     * Takes what feeds it, to be closed with it.
     *
     * @param close closes it; may be called more than once
     */
    void fedBy(Runnable close) {
        boolean late;
        synchronized (this) {
            feed = close;
            late = over || ended;
        }
        if (late) {
            close.run();
        }
    }

    /**
     * Tells a state, as soon as it is asked for.
     *
     * @return whether there was room for it; if not, it is not told
     */
    boolean put(String key, T state) {
        boolean fits;
        boolean isTooSlow;
        synchronized (this) {
            if (over || ended) {
                return true;
            }
            fits = untold.size() < MOST || untold.containsKey(key);
            if (fits) {
                untold.put(key, state);
            } else {
                refused.add(key);
            }
            isTooSlow = refused.size() > MOST_REFUSED;
        }
        if (isTooSlow) {
            end(
                    new WaybillException(
                            ErrorCode.RESOURCE_EXHAUSTED,
                            "changes come faster than they are taken; subscribe again"));
        }
        tell();
        return fits;
    }

    /** Tells a state instead of all that is untold. */
    void putInstead(String key, T state) {
        synchronized (this) {
            untold.clear();
            refused.clear();
        }
        boolean _ = put(key, state); // there is room
    }

    /** Nothing more comes after what is untold. */
    void end(@Nullable WaybillException reason) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            failure = reason;
        }
        close();
        tell();
    }

    @Override
    public void request(long more) {
        synchronized (this) {
            asked = more > Long.MAX_VALUE - asked ? Long.MAX_VALUE : asked + Math.max(more, 0);
        }
        tell();
    }

    @Override
    public void cancel() {
        synchronized (this) {
            over = true;
            untold.clear();
            refused.clear();
        }
        close();
    }

    private void close() {
        Runnable open;
        synchronized (this) {
            open = feed;
        }
        if (open != null) {
            open.run();
        }
    }

    private void tell() {
        synchronized (this) {
            if (telling) {
                return;
            }
            telling = true;
        }
        threads.execute(
                () -> {
                    Runnable next = next();
                    while (next != null) {
                        next.run();
                        next = next();
                    }
                });
    }

    /** What to tell now; null, and telling is over, when there is nothing. */
    private synchronized @Nullable Runnable next() {
        if (!over && asked > 0 && !untold.isEmpty()) {
            asked--;
            var first = untold.entrySet().iterator();
            T state = first.next().getValue();
            first.remove();
            return () -> subscriber.onNext(state);
        }
        if (!over && !ended && asked > 0 && !refused.isEmpty()) {
            List<String> again = List.copyOf(refused);
            refused.clear();
            return () -> room.accept(again);
        }
        if (!over && ended && untold.isEmpty()) {
            over = true;
            WaybillException reason = failure;
            return reason == null ? subscriber::onComplete : () -> subscriber.onError(reason);
        }
        telling = false;
        return null;
    }
}
