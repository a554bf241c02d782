package io.waybill.database.projection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Futures by what they wait for. Guarded by its owner's lock. */
final class Waiters<K> {

    private final Map<K, Set<CompletableFuture<Void>>> waiting;
    private int size;

    /**
     * @param waiting an empty map, which may be looked at but not changed elsewhere
     */
    Waiters(Map<K, Set<CompletableFuture<Void>>> waiting) {
        this.waiting = waiting;
    }

    int size() {
        return size;
    }

    void add(K key, CompletableFuture<Void> future) {
        waiting.computeIfAbsent(key, none -> new LinkedHashSet<>()).add(future);
        size++;
    }

    @SuppressWarnings("CollectionUndefinedEquality") // a future is equal to itself alone
    void remove(K key, CompletableFuture<Void> future) {
        Set<CompletableFuture<Void>> futures = waiting.get(key);
        if (futures != null && futures.remove(future)) {
            size--;
            if (futures.isEmpty()) {
                waiting.remove(key);
            }
        }
    }

    /** Takes out all that wait for one of some keys. */
    List<CompletableFuture<Void>> take(Collection<K> keys) {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        for (K key : keys) {
            Set<CompletableFuture<Void>> futures = waiting.remove(key);
            if (futures != null) {
                size -= futures.size();
                taken.addAll(futures);
            }
        }
        return taken;
    }

    /** Takes out all. */
    List<CompletableFuture<Void>> takeAll() {
        return take(List.copyOf(waiting.keySet()));
    }
}
