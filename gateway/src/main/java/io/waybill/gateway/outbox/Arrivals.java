package io.waybill.gateway.outbox;

import io.waybill.wire.time.EventLoop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * New commands that are not being written yet, in the order they came. They go on at the {@link
 * Pace}, but none waits for longer than a second: pacing slows clients down, and refuses nothing.
 * Belongs to the loop.
 */
final class Arrivals {

    private static final Duration MOST = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final Inbox inbox;
    private final Pace pace;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private boolean timing;

    Arrivals(EventLoop loop, Inbox inbox, Pace pace) {
        this.loop = loop;
        this.inbox = inbox;
        this.pace = pace;
    }

    void add(Entry entry) {
        entry.cameAt = loop.nanoTime();
        waiting.add(entry);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /** Takes those that may go on, of which there may be none. */
    List<Entry> take(int undecided) {
        long now = loop.nanoTime();
        List<Entry> taken = taken(now, pace.allows(now, undecided));
        pace.accepted(taken.size());
        if (!waiting.isEmpty() && !timing) {
            timing = true;
            long wait = waiting.element().cameAt + MOST.toNanos() - now;
            loop.schedule(Duration.ofNanos(wait), () -> inbox.add(() -> timing = false));
        }
        return taken;
    }

    private List<Entry> taken(long now, int most) {
        List<Entry> taken = new ArrayList<>();
        for (Entry next = waiting.peek(); next != null; next = waiting.peek()) {
            if (taken.size() >= most && now - next.cameAt < MOST.toNanos()) {
                break;
            }
            taken.add(waiting.remove());
        }
        return taken;
    }

    /** Takes all, whatever the pace. */
    List<Entry> takeAll() {
        List<Entry> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
