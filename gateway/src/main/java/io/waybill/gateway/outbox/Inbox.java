package io.waybill.gateway.outbox;

import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Hands work from any thread to a loop, in order, and lets the loop do all that has come in one go:
 * what follows once per go (a write, a round of sending) is shared by all of it.
 */
final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** So that timers get their turn. */
    private static final int MOST_AT_ONCE = 1_000;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final EventLoop loop;
    private final Runnable afterwards;

    /**
     * Sets up an inbox.
     *
     * @param afterwards runs on the loop after each go
     */
    Inbox(EventLoop loop, Runnable afterwards) {
        this.loop = loop;
        this.afterwards = afterwards;
    }

    void add(Runnable work) {
        waiting.add(work);
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(this::run);
        }
    }

    /** Hands over what follows an answer, which may come on any thread. */
    <T extends @Nullable Object> void when(
            CompletableFuture<T> answer, Consumer<T> done, Consumer<Throwable> failed) {
        var _ =
                answer.whenComplete(
                        (value, failure) ->
                                add(
                                        () -> {
                                            if (failure == null) {
                                                done.accept(value);
                                            } else {
                                                failed.accept(Causes.of(failure));
                                            }
                                        }));
    }

    private void run() {
        scheduled.set(false);
        for (int done = 0; done < MOST_AT_ONCE; done++) {
            Runnable work = waiting.poll();
            if (work == null) {
                break;
            }
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("a step of the outbox failed", e);
            }
        }
        if (!waiting.isEmpty() && scheduled.compareAndSet(false, true)) {
            loop.execute(this::run);
        }
        afterwards.run();
    }
}
