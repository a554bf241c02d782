package io.waybill.writer.decide;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The kinds of aggregates, and a bounded cache of folded ones: those used least recently make room.
 * A cache and no more: forgetting any of it changes nothing but time. Used on one event loop.
 */
public final class Aggregates {

    private record Cached(Folded<?> folded, boolean current) {}

    private final Map<String, AggregateType<?>> types = new LinkedHashMap<>();
    private final Map<String, Cached> cache;

    /**
     * An empty cache.
     *
     * @param capacity how many aggregates it keeps
     */
    public Aggregates(Collection<? extends AggregateType<?>> types, int capacity) {
        types.forEach(type -> this.types.put(type.name(), type));
        this.cache =
                new LinkedHashMap<>(64, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Cached> eldest) {
                        return size() > capacity;
                    }
                };
    }

    /** The aggregate of a stream as far as it is known, if it may be decided on as it is. */
    public @Nullable Folded<?> current(String stream) {
        Cached cached = cache.get(stream);
        return cached != null && cached.current() ? cached.folded() : null;
    }

    /**
     * The aggregate of a stream as far as it is known: what to read on from.
     *
     * @throws IllegalStateException when there is no such kind of aggregate
     */
    public Folded<?> known(String stream) {
        Cached cached = cache.get(stream);
        return cached == null ? initial(stream) : cached.folded();
    }

    /**
     * An aggregate without events.
     *
     * @throws IllegalStateException when there is no such kind of aggregate
     */
    public Folded<?> initial(String stream) {
        String name = stream.substring(0, Math.max(0, stream.indexOf('/')));
        AggregateType<?> type = types.get(name);
        if (type == null) {
            throw new IllegalStateException("there is no aggregate of kind '" + name + "'");
        }
        return Folded.initial(type);
    }

    /**
     * Remembers an aggregate.
     *
     * @param current whether its stream ends there, as far as one knows
     */
    public void put(String stream, Folded<?> folded, boolean current) {
        if (!folded.isNone()) {
            cache.put(stream, new Cached(folded, current));
        }
    }

    /** Forgets one aggregate. */
    public void forget(String stream) {
        cache.remove(stream);
    }

    /** Forgets everything. */
    public void clear() {
        cache.clear();
    }
}
