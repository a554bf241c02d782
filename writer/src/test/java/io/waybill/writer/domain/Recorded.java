package io.waybill.writer.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a pipeline promises an aggregate, in small: a command has one outcome and one effect,
 * however often it comes; an undo gets what is recorded of the command that it undoes, and one that
 * was undone before it came has no effect any more.
 *
 * @param <E> what may happen to the aggregate
 */
public final class Recorded<E> {

    private final Map<String, Decision<E>> outcomes = new HashMap<>();
    private final List<String> undoable = new ArrayList<>();
    private final Set<String> foreclosed = new HashSet<>();

    /** Decides a command, unless it has its outcome. */
    public List<E> once(String commandId, Supplier<Decision<E>> decide) {
        if (foreclosed.contains(commandId) || outcomes.containsKey(commandId)) {
            return List.of();
        }
        Decision<E> decision = decide.get();
        outcomes.put(commandId, decision);
        return switch (decision) {
            case Decision.Accepted<E>(List<E> events) -> events;
            case Decision.Refused<E> _ -> List.of();
        };
    }

    /** A command that may be undone some time is sent, or comes late. */
    public void sent(String commandId) {
        undoable.add(commandId);
    }

    /** One of those that were sent and not undone yet; it is not drawn again. */
    public String drawUndoable(Random random) {
        return undoable.remove(random.nextInt(undoable.size()));
    }

    public boolean hasUndoable() {
        return !undoable.isEmpty();
    }

    /** What a command did that is to be undone now; nothing, for ever, when it did not come yet. */
    public <D extends E> List<D> undone(String commandId, Class<D> type) {
        Decision<E> outcome = outcomes.get(commandId);
        if (outcome == null) {
            foreclosed.add(commandId);
            return List.of();
        }
        return outcome instanceof Decision.Accepted<E>(List<E> events)
                ? events.stream().map(type::cast).toList()
                : List.of();
    }
}
