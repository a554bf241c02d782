package io.waybill.gateway.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is to be read, each thing once. What somebody asked for is kept until it was read: it is no
 * more than what those who watch hold themselves. Of what merely changed, {@link #MOST_CHANGED} are
 * kept, and all are forgotten beyond that. For one thread.
 */
final class Unread {

    static final int MOST_CHANGED = 10_000;

    private final Set<String> askedFor = new LinkedHashSet<>();
    private final Set<String> changed = new LinkedHashSet<>();

    /** What had merely changed of what was taken last. */
    private Set<String> takenChanged = Set.of();

    void askedFor(Collection<String> ids) {
        ids.forEach(this::askedFor);
    }

    private void askedFor(String id) {
        changed.remove(id);
        askedFor.add(id);
    }

    /**
     * Notes that something changed.
     *
     * @return whether there was room for it; if not, nothing that merely changed is noted any more
     */
    boolean changed(String id) {
        if (askedFor.contains(id)) {
            return true;
        }
        changed.add(id);
        if (changed.size() > MOST_CHANGED) {
            changed.clear();
            return false;
        }
        return true;
    }

    /**
     * Takes what is to be read next, of both kinds in turn: neither waits for the end of the other.
     *
     * @param isWanted whether it is still to be read
     */
    List<String> take(int most, Predicate<String> isWanted) {
        List<String> taken = new ArrayList<>();
        take(askedFor, most / 2, isWanted, taken);
        int asked = taken.size();
        take(changed, most, isWanted, taken);
        takenChanged = Set.copyOf(taken.subList(asked, taken.size()));
        take(askedFor, most, isWanted, taken);
        return taken;
    }

    /**
     * Takes back what was taken last, since it could not be read: it comes after all else.
     *
     * @return whether there was room for it, as with what changed
     */
    boolean putBack(Collection<String> batch) {
        boolean room = true;
        for (String id : batch) {
            if (takenChanged.contains(id)) {
                room &= changed(id);
            } else {
                askedFor(id);
            }
        }
        return room;
    }

    private static void take(
            Set<String> from, int until, Predicate<String> isWanted, List<String> taken) {
        Iterator<String> next = from.iterator();
        while (next.hasNext() && taken.size() < until) {
            String id = next.next();
            next.remove();
            if (isWanted.test(id)) {
                taken.add(id);
            }
        }
    }

    void clear() {
        askedFor.clear();
        changed.clear();
    }
}
