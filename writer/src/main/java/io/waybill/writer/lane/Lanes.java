package io.waybill.writer.lane;

import io.waybill.wire.time.EventLoop;
import io.waybill.writer.intake.PendingCommand;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * All lanes, by stream. The first of what the queue brought waits for its own delay; those behind
 * it wait for it, since it arrived before them and so is due no later than the delay after their
 * arrival. What the writer itself sends has no delay and waits for nobody else's. Used on one event
 * loop.
 */
public final class Lanes {

    private static final int MAX_GROUP = 200;
    private static final long MAX_GROUP_BYTES = 256 * 1024;

    private static final class Lane {
        final Deque<PendingCommand> brought = new ArrayDeque<>(2);
        final Deque<PendingCommand> own = new ArrayDeque<>(2);
        boolean busy;
        boolean armed;

        Deque<PendingCommand> of(PendingCommand command) {
            return command.delivery().isOwn() ? own : brought;
        }

        boolean isEmpty() {
            return brought.isEmpty() && own.isEmpty();
        }

        /** Where the next one is; of both, the one that is due first. */
        Deque<PendingCommand> next() {
            if (own.isEmpty() || brought.isEmpty()) {
                return own.isEmpty() ? brought : own;
            }
            return due(brought) - due(own) <= 0 ? brought : own;
        }

        private static long due(Deque<PendingCommand> waiting) {
            return waiting.getFirst().delivery().dueNanos();
        }
    }

    private final EventLoop loop;
    private final LaneWork work;
    private final Map<String, Lane> lanes = new HashMap<>();

    private boolean open;

    /** Lanes that do nothing before they are opened. */
    public Lanes(EventLoop loop, LaneWork work) {
        this.loop = loop;
        this.work = work;
    }

    /** Lets groups begin. */
    public void open() {
        open = true;
        List.copyOf(lanes.keySet()).forEach(this::advance);
    }

    /** Lets no further group begin. */
    public void shut() {
        open = false;
    }

    /** Puts a command at the end of its stream's lane. */
    public void add(PendingCommand command) {
        String stream = command.stream();
        Lane lane = lanes.computeIfAbsent(stream, key -> new Lane());
        Deque<PendingCommand> waiting = lane.of(command);
        waiting.addLast(command);
        if (waiting.size() == 1) {
            advance(stream);
        }
    }

    /**
     * Ends a group.
     *
     * @param again those of it that are to begin again, in order, before all that wait
     */
    public void done(String stream, List<PendingCommand> again) {
        Lane lane = lanes.get(stream);
        if (lane == null) {
            return;
        }
        again.reversed().forEach(command -> lane.of(command).addFirst(command));
        lane.busy = false;
        if (lane.isEmpty()) {
            lanes.remove(stream);
        } else {
            advance(stream);
        }
    }

    /**
     * Drops waiting commands; what has begun goes on.
     *
     * @return how many were dropped
     */
    public int drop(Predicate<PendingCommand> unwanted) {
        int dropped = 0;
        for (Iterator<Lane> all = lanes.values().iterator(); all.hasNext(); ) {
            Lane lane = all.next();
            for (Deque<PendingCommand> waiting : List.of(lane.brought, lane.own)) {
                int before = waiting.size();
                waiting.removeIf(unwanted);
                dropped += before - waiting.size();
            }
            if (!lane.busy && lane.isEmpty()) {
                all.remove();
            }
        }
        return dropped;
    }

    /** How many lanes there are now. */
    public int size() {
        return lanes.size();
    }

    private void advance(String stream) {
        Lane lane = lanes.get(stream);
        if (!open || lane == null || lane.busy || lane.isEmpty()) {
            return;
        }
        long wait = Lane.due(lane.next()) - loop.nanoTime();
        if (wait > 0) {
            if (lane.armed) {
                return;
            }
            lane.armed = true;
            loop.schedule(
                    Duration.ofNanos(wait),
                    () -> {
                        lane.armed = false;
                        advance(stream);
                    });
            return;
        }
        lane.busy = true;
        work.begin(stream, takeDue(lane));
    }

    private List<PendingCommand> takeDue(Lane lane) {
        long now = loop.nanoTime();
        List<PendingCommand> group = new ArrayList<>();
        long bytes = 0;
        while (!lane.isEmpty() && group.size() < MAX_GROUP && bytes < MAX_GROUP_BYTES) {
            PendingCommand next = lane.next().getFirst();
            if (next.delivery().dueNanos() - now > 0) {
                break;
            }
            group.add(lane.next().removeFirst());
            bytes += next.delivery().message().payload().length;
        }
        return group;
    }
}
