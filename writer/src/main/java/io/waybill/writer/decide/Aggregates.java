package io.waybill.writer.decide;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The kinds of aggregates, and a bounded cache of folded ones: those used least recently make room.
 * A cache and no more: forgetting any of it changes nothing but time. Used on one event loop.
 */
public final class Aggregates {

    private record Cached(Folded<?> folded, boolean current) {}

    private final Map<String, AggregateType<?>> types = new LinkedHashMap<>();

    /** The one used least recently first. */
    private final Map<String, Cached> cache = new LinkedHashMap<>(64, 0.75f, true);

    private final int capacity;
    private int size;

    /**
     * An empty cache.
     *
     * @param capacity how many aggregates and entries of theirs it keeps, so that large ones take
     *     no more memory than many small ones; the one used last is kept however large it is
     */
    public Aggregates(Collection<? extends AggregateType<?>> types, int capacity) {
        types.forEach(type -> this.types.put(type.name(), type));
        this.capacity = capacity;
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
            forget(stream);
            cache.put(stream, new Cached(folded, current));
            size += folded.size();
            makeRoom();
        }
    }

    private void makeRoom() {
        Iterator<Cached> eldest = cache.values().iterator();
        while (size > capacity && cache.size() > 1) {
            size -= eldest.next().folded().size();
            eldest.remove();
        }
    }

    /** Forgets one aggregate. */
    public void forget(String stream) {
        Cached forgotten = cache.remove(stream);
        if (forgotten != null) {
            size -= forgotten.folded().size();
        }
    }

    /** Forgets everything. */
    public void clear() {
        cache.clear();
        size = 0;
    }
}
