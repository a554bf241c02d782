package io.waybill.gateway.reading;

import io.waybill.gateway.health.Neighbour;
import io.waybill.wire.grpc.Failures;
import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole.Health;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Knows whether reads are answered: asks the reader in the background which store is read, which
 * the reader itself has to ask the database. Asks a second after each answer, more often while it
 * waits for the first.
 *
 * <p>Its state changes on the loop alone, and may be read by any thread. It ends with the loop.
 */
public final class ReaderWatch implements Neighbour {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_AT_FIRST = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ReaderClient reader;
    private final EventLoop loop;
    private volatile Health health = new Health(false, "the reader has not answered yet");
    private volatile boolean answered;

    /** Watches a reader; {@link #start()} begins. */
    public ReaderWatch(ReaderClient reader, EventLoop loop) {
        this.reader = reader.within(PATIENCE);
        this.loop = loop;
    }

    /** Begins to ask. Called once; returns at once. */
    public void start() {
        loop.execute(this::ask);
    }

    /** Whether a read was answered since the start: before that, nobody was promised one. */
    public boolean hasAnswered() {
        return answered;
    }

    @Override
    public Role role() {
        return Role.READER;
    }

    @Override
    public Health health() {
        return health;
    }

    private void ask() {
        var _ =
                reader.store()
                        .whenComplete(
                                (store, failure) -> loop.execute(() -> heard(health(failure))));
    }

    private static Health health(@Nullable Throwable failure) {
        return failure == null
                ? new Health(true, "reads are answered")
                : new Health(false, Failures.fromStatus(failure, "the reader").sentence());
    }

    private void heard(Health now) {
        health = now;
        if (now.up()) {
            answered = true;
        }
        loop.schedule(answered ? PAUSE : PAUSE_AT_FIRST, this::ask);
    }
}
