package io.waybill.database.projection;

import com.google.protobuf.ByteString;

import io.waybill.database.engine.RowChange;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * How far a projection is, and who waits for it. Waiting holds no thread: it is a future, which
 * whoever asked for it bounds in time; to complete or cancel it ends the waiting. At most {@link
 * #MOST_WAITING} wait at a time, for more the future fails with RESOURCE_EXHAUSTED; when the
 * projection stops all fail with UNAVAILABLE.
 *
 * <p>Safe for use by many threads; its own lock guards who waits. Futures complete on the
 * projection's thread: what follows must be handed to another.
 */
public final class Progress {

    static final int MOST_WAITING = 10_000;

    private final NavigableMap<Long, Set<CompletableFuture<Void>>> byPosition = new TreeMap<>();
    private final Waiters<Long> positions = new Waiters<>(byPosition);
    private final Waiters<ByteString> rows = new Waiters<>(new HashMap<>());
    private volatile long position;
    private volatile @Nullable String stopped;

    /** The position that the rows are at. */
    public long position() {
        return position;
    }

    /** Why the projection has stopped, when it has. */
    public Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** Completes when the rows are at a position or beyond it. */
    public CompletableFuture<Void> reached(long wanted) {
        if (position >= wanted) {
            return CompletableFuture.completedFuture(null);
        }
        synchronized (this) {
            return position >= wanted
                    ? CompletableFuture.completedFuture(null)
                    : waiting(positions, wanted);
        }
    }

    /**
     * Completes when a row is written from now on. To wait for a row that may be there already: ask
     * for this first, then look.
     */
    public synchronized CompletableFuture<Void> written(ByteString key) {
        return waiting(rows, key);
    }

    /** Says that the rows are at a position now, after some changes. */
    void advance(long reached, List<RowChange> changes) {
        List<CompletableFuture<Void>> content = new ArrayList<>();
        synchronized (this) {
            position = reached;
            content.addAll(positions.take(List.copyOf(byPosition.headMap(reached, true).keySet())));
            if (rows.size() > 0) {
                content.addAll(rows.take(changes.stream().map(RowChange::key).toList()));
            }
        }
        content.forEach(future -> future.complete(null));
    }

    /** Says that the projection has stopped. The first reason stays. */
    void stop(String sentence) {
        List<CompletableFuture<Void>> disappointed = new ArrayList<>();
        synchronized (this) {
            if (stopped == null) {
                stopped = sentence;
            }
            disappointed.addAll(positions.takeAll());
            disappointed.addAll(rows.takeAll());
        }
        disappointed.forEach(future -> future.completeExceptionally(unavailable(sentence)));
    }

    private <K> CompletableFuture<Void> waiting(Waiters<K> waiters, K key) {
        String reason = stopped;
        if (reason != null) {
            return CompletableFuture.failedFuture(unavailable(reason));
        }
        if (positions.size() + rows.size() >= MOST_WAITING) {
            return CompletableFuture.failedFuture(
                    new WaybillException(
                                    ErrorCode.RESOURCE_EXHAUSTED,
                                    "too many queries wait for what is not there yet")
                            .retryAfter(Duration.ofSeconds(1)));
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        waiters.add(key, future);
        var _ = future.whenComplete((done, failure) -> forget(waiters, key, future));
        return future;
    }

    private synchronized <K> void forget(
            Waiters<K> waiters, K key, CompletableFuture<Void> future) {
        waiters.remove(key, future);
    }

    private static WaybillException unavailable(String sentence) {
        return new WaybillException(ErrorCode.UNAVAILABLE, sentence);
    }
}
