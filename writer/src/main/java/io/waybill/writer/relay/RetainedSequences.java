package io.waybill.writer.relay;

import io.waybill.wire.time.EventLoop;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the latest sequence of each aggregate retained at the broker, half a second late at most
 * while the broker answers: so a subscriber sees that it missed the last one, too. Tells only what
 * the broker has taken. Used on the relay's event loop.
 */
final class RetainedSequences {

    private static final Duration EVERY = Duration.ofMillis(500);

    /** Makes the message and sends it. */
    @FunctionalInterface
    interface Sender {
        CompletableFuture<Boolean> retain(String aggregate, long sequence);
    }

    private final EventLoop loop;
    private final Sender sender;
    private final Map<String, Long> wanted = new HashMap<>();
    private final Map<String, Long> retained = new HashMap<>();
    private boolean scheduled;
    private boolean shut;
    private int connection;

    RetainedSequences(EventLoop loop, Sender sender) {
        this.loop = loop;
        this.sender = sender;
    }

    /** Everything of an aggregate up to a sequence is told. */
    void reached(String aggregate, long sequence) {
        wanted.merge(aggregate, sequence, Math::max);
        schedule();
    }

    /** Begins with the sequences of another log, or of the same at an earlier place. */
    void begin(Map<String, Long> sequences) {
        wanted.putAll(sequences);
        schedule();
    }

    /** The broker may have forgotten what was retained. */
    void connected() {
        connection++;
        retained.clear();
        schedule();
    }

    void shut() {
        shut = true;
    }

    private void schedule() {
        if (!scheduled && !shut && !wanted.equals(retained)) {
            scheduled = true;
            loop.schedule(EVERY, this::tell);
        }
    }

    private void tell() {
        scheduled = false;
        if (shut) {
            return;
        }
        int current = connection;
        wanted.forEach(
                (aggregate, sequence) -> {
                    if (!sequence.equals(retained.get(aggregate))) {
                        var unused =
                                sender.retain(aggregate, sequence)
                                        .whenComplete(
                                                (taken, failure) ->
                                                        loop.execute(
                                                                () ->
                                                                        answered(
                                                                                current,
                                                                                aggregate,
                                                                                sequence,
                                                                                failure == null
                                                                                        && taken)));
                    }
                });
    }

    private void answered(int sentIn, String aggregate, long sequence, boolean taken) {
        if (taken && sentIn == connection) {
            retained.put(aggregate, sequence);
        }
        schedule();
    }
}
