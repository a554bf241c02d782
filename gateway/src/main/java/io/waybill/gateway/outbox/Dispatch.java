package io.waybill.gateway.outbox;

import io.waybill.gateway.outbox.Entry.State;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;

/**
 * The queue's side of the outbox: sends commands in the order accepted, as many as fit in the
 * window, and those that are lost again, in order, before new ones. At most a few dozen publishes
 * are unanswered at any time, which paces all of it. Belongs to the loop.
 *
 * <p>Every sending takes a new number, higher than all before in this process. An answer that says
 * of a command's <em>latest</em> sending that it was dropped or overtaken causes one new sending of
 * its chain; answers to earlier sendings cause nothing, since a later one is under way.
 */
final class Dispatch {

    private final OutboxSettings settings;
    private final EventLoop loop;
    private final Inbox inbox;
    private final CommandPublisher publisher;
    private final Pause pause;
    private final Held held;

    private final Unanswered unanswered;

    /** To be sent for the first time, when there is room in the window. */
    private final Queue<Entry> fresh = inOrder();

    /** To be sent again: those that have a place in the window. */
    private final Queue<Entry> again = inOrder();

    private final SequencedSet<Entry> window = new LinkedHashSet<>();

    private boolean mayPublish;
    private boolean stopped;
    private long lastSending;
    private volatile boolean connected;

    Dispatch(
            OutboxSettings settings,
            EventLoop loop,
            Inbox inbox,
            CommandPublisher publisher,
            RandomGenerator random) {
        this.settings = settings;
        this.loop = loop;
        this.inbox = inbox;
        this.publisher = publisher;
        this.pause = new Pause(loop, inbox, random);
        this.unanswered = new Unanswered(loop, inbox, publisher::connectAnew);
        this.held = new Held(settings.refused(), loop, inbox, random, this::queueAgain);
        // Numbers of an earlier process of this gateway, which may still be answered, are not used
        // again.
        this.lastSending = loop.now().toEpochMilli() << 8;
    }

    private static Queue<Entry> inOrder() {
        return new PriorityQueue<>(Comparator.comparingLong(entry -> entry.sequence));
    }

    /** Whether the queue can be reached. Safe for use by many threads. */
    boolean isConnected() {
        return connected;
    }

    /** What keeps commands from being sent, or empty. Safe for use by many threads. */
    String trouble() {
        return held.reason().isEmpty() ? pause.reason() : held.reason();
    }

    /** Publishes nothing until this is said: the store is known. */
    void mayPublish(boolean may) {
        mayPublish = may && !stopped;
    }

    /** Publishes nothing more. */
    void stop() {
        stopped = true;
        mayPublish = false;
    }

    void connected(boolean sessionPresent) {
        connected = true;
        pause.end();
        if (!sessionPresent) {
            resendAll();
        }
    }

    void disconnected() {
        connected = false;
    }

    /** A command that was accepted, after all that were accepted before. */
    void add(Entry entry) {
        entry.state = State.QUEUED;
        fresh.add(entry);
    }

    /**
     * A command that has its outcome and needs no sending any more.
     *
     * @param follower what came after it on its stream: it, and what is behind it, may have waited
     *     for that
     */
    void decided(Entry entry, @Nullable Entry follower) {
        window.remove(entry);
        Entry next = follower;
        while (next != null && next.state == State.WAITING && !next.mustWait()) {
            queueAgain(next);
            next = next.after;
        }
    }

    /** The first of those that were sent and have no outcome. */
    @Nullable Entry oldest() {
        return window.isEmpty() ? null : window.getFirst();
    }

    int published() {
        return window.size();
    }

    /** Sends again all that was sent: nobody knows what of it is lost. */
    void resendAll() {
        resend(sentAt -> true, Long.MAX_VALUE);
    }

    /**
     * Sends again what was sent before a sending that overtook it.
     *
     * @param before the number of that sending
     * @param sentAt whether what was sent at that time should have been answered by now
     */
    void resend(LongPredicate sentAt, long before) {
        for (Entry entry : window) {
            if (entry.isUnderWay() && entry.sending < before && sentAt.test(entry.sentAt)) {
                queueAgain(entry);
            }
        }
    }

    /** Sends a chain again if the dropped sending was the latest of its command. */
    void resendChain(Entry dropped, long sending) {
        if (!dropped.isUnderWay() || dropped.sending != sending) {
            return;
        }
        for (Entry entry = dropped.chain.head(); entry != null; entry = entry.after) {
            if (entry.isUnderWay()) {
                queueAgain(entry);
            }
        }
    }

    private void queueAgain(Entry entry) {
        entry.state = State.QUEUED;
        (window.contains(entry) ? again : fresh).add(entry);
    }

    /** Sends one command again out of turn. Returns whether it could be sent now. */
    boolean probe(Entry entry) {
        if (!mayPublish || !connected || pause.isOn() || !entry.isUnderWay()) {
            return false;
        }
        long regular = entry.regularSending;
        int probes = entry.probes;
        send(entry);
        entry.regularSending = regular;
        entry.probes = probes + 1;
        return true;
    }

    /** Sends what may be sent. Called after each go of the inbox. */
    void pump() {
        while (mayPublish && connected && pause.allows(unanswered.count(), settings.inFlight())) {
            Entry next = next();
            if (next == null) {
                return;
            }
            if (next.chain.heldFrom < next.sequence) {
                held.add(next);
            } else if (next.mustWait()) {
                next.state = State.WAITING;
            } else {
                send(next);
            }
        }
    }

    private @Nullable Entry next() {
        Entry next = firstQueued(again);
        return next != null || window.size() >= settings.window() ? next : firstQueued(fresh);
    }

    /** Those that were decided meanwhile are passed over. */
    private static @Nullable Entry firstQueued(Queue<Entry> queue) {
        Entry next;
        do {
            next = queue.poll();
        } while (next != null && next.state != State.QUEUED);
        return next;
    }

    private void send(Entry entry) {
        long number = ++lastSending;
        entry.state = State.SENT;
        entry.sending = number;
        entry.regularSending = number;
        entry.probes = 0;
        entry.sentAt = loop.nanoTime();
        window.add(entry);
        unanswered.sent(number);
        var _ =
                publisher
                        .publish(entry.content, number, entry.predecessor())
                        .whenComplete(
                                (result, failure) ->
                                        inbox.add(() -> answered(entry, number, result, failure)));
    }

    private void answered(
            Entry entry, long number, @Nullable PublishResult result, @Nullable Throwable failure) {
        unanswered.answered(number);
        boolean latest = entry.state == State.SENT && entry.sending == number;
        if (result == null) {
            pause.begin(
                    settings.unpublished(), "the broker does not answer: " + failure, connected);
        } else if (result.noMatchingSubscribers()) {
            pause.begin(
                    settings.noSubscribers(), "no writer has a session at the broker", connected);
        } else if (result.refused()) {
            if (latest) {
                held.refuse(entry, result);
            }
            return;
        } else {
            pause.succeeded();
            held.taken(entry);
            if (latest) {
                entry.state = State.PUBLISHED;
            }
            return;
        }
        if (latest) {
            queueAgain(entry);
        }
    }
}
