package io.waybill.writer.relay;

import io.waybill.wire.failure.Reason;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.time.Backoff;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What is on its way to the broker: sent in order, so many without an answer at a time, and all
 * from the first unanswered on again when one of them fails. Says of a commit that it is told when
 * everything up to its last message has been taken. Used on the relay's event loop.
 */
final class Window {

    static final int MOST_IN_FLIGHT = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Window.class);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2));

    /** A commit that is being told. */
    record Telling(long position, List<Told> messages) {}

    private static final class Held {
        private final Telling telling;
        private int answered;

        Held(Telling telling) {
            this.telling = telling;
        }
    }

    /** A message that waits to be sent. */
    private record Waiting(Held of, Told message) {}

    private final EventLoop loop;
    private final EventQueue queue;
    private final RandomGenerator random;
    private final Consumer<Telling> told;

    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** Counts sendings anew from the beginning; answers to earlier ones mean nothing. */
    private int round;

    private int inFlight;
    private int failures;
    private boolean resting;
    private EventLoop.@Nullable Timer rest;

    /**
     * @param told hears of each commit when it is told, in order
     */
    Window(EventLoop loop, EventQueue queue, RandomGenerator random, Consumer<Telling> told) {
        this.loop = loop;
        this.queue = queue;
        this.random = random;
        this.told = told;
    }

    /** How many commits are held. */
    int size() {
        return held.size();
    }

    /** Forgets all; what is on its way may still arrive. */
    void clear() {
        round++;
        inFlight = 0;
        held.clear();
        waiting.clear();
    }

    void add(Telling telling) {
        Held added = new Held(telling);
        held.add(added);
        telling.messages().forEach(message -> waiting.add(new Waiting(added, message)));
    }

    /** Sends what may be sent, and says what is told. */
    void go() {
        while (!resting && inFlight < MOST_IN_FLIGHT && !waiting.isEmpty()) {
            send(waiting.remove());
        }
        while (!held.isEmpty() && isTold(held.getFirst())) {
            told.accept(held.removeFirst().telling);
        }
    }

    /** There is a connection: waits no longer. */
    void connected() {
        if (resting) {
            if (rest != null) {
                rest.cancel();
            }
            resting = false;
            go();
        }
    }

    private static boolean isTold(Held first) {
        return first.answered == first.telling.messages().size();
    }

    private void send(Waiting next) {
        inFlight++;
        int current = round;
        var unused =
                queue.publish(next.message().message())
                        .whenComplete(
                                (result, failure) ->
                                        loop.execute(
                                                () -> answered(current, next, result, failure)));
    }

    private void answered(
            int sentIn, Waiting sent, @Nullable PublishResult result, @Nullable Throwable failure) {
        if (sentIn != round) {
            return;
        }
        if (result == null || result.refused()) {
            failed(result == null ? reason(failure) : "the broker refused: " + result);
            return;
        }
        inFlight--;
        failures = 0;
        sent.of().answered++;
        go();
    }

    /** Begins anew with the first that is not answered: whatever came after it may be a repeat. */
    private void failed(String reason) {
        failures++;
        if (failures == 1) {
            LOG.warn("events are not told now, and are tried again: {}", reason);
        }
        round++;
        inFlight = 0;
        List<Held> all = new ArrayList<>(held);
        waiting.clear();
        for (Held each : all) {
            // Acknowledgements come in the order of the messages, but nothing depends on it.
            Iterator<Told> messages = each.telling.messages().iterator();
            each.answered = 0;
            messages.forEachRemaining(message -> waiting.add(new Waiting(each, message)));
        }
        resting = true;
        rest = loop.schedule(BACKOFF.after(failures, random), this::connected);
    }

    private static String reason(@Nullable Throwable failure) {
        return failure == null ? "there was no answer" : Reason.of(failure);
    }
}
