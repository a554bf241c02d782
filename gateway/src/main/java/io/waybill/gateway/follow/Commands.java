package io.waybill.gateway.follow;

import io.waybill.gateway.outbox.Outbox;
import io.waybill.gateway.reading.ReaderClient;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.time.EventLoop;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What became of commands. Safe for use by many threads; holds none while it waits. */
public final class Commands implements AutoCloseable {

    /**
     * Answers from the outbox and the reader.
     *
     * @param loop times the next question to the reader
     */
    public Commands(Outbox outbox, ReaderClient reader, EventLoop loop) {
        throw new UnsupportedOperationException("" + outbox + reader + loop);
    }

    /**
     * The outcome, or pending when this gateway holds the command, or empty when it is not known
     * here (yet).
     */
    public CompletableFuture<Optional<CommandStatus>> status(
            Principal principal, String commandId) {
        throw new UnsupportedOperationException(principal + commandId);
    }

    /**
     * Tells how the command stands, when that is known, then its outcome, whenever that comes.
     * Stays open until then, also for an id that nobody knows yet.
     */
    public Following follow(Principal principal, String commandId, Follower follower) {
        throw new UnsupportedOperationException(principal + commandId + follower);
    }

    /** Tells all followers that the gateway stops. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
