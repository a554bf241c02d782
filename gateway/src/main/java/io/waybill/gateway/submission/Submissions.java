package io.waybill.gateway.submission;

import com.google.protobuf.Message;

import io.waybill.gateway.outbox.Outbox;
import io.waybill.gateway.reading.ReaderClient;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.time.EventLoop;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Takes commands in. Safe for use by many threads; holds none while it waits. */
public final class Submissions {

    /** Accepts into an outbox, looking things up through the reader; the loop tells the time. */
    public Submissions(Outbox outbox, ReaderClient reader, EventLoop loop) {
        throw new UnsupportedOperationException("" + outbox + reader + loop);
    }

    /**
     * Accepts a command: when the future completes, it is on disk and will get an outcome.
     *
     * <p>Fails with a {@link io.waybill.wire.failure.WaybillException}: {@code BAD_USER_INPUT} with
     * the field, {@code NOT_FOUND}, {@code IDEMPOTENCY_KEY_REUSED}, {@code RESOURCE_EXHAUSTED} with
     * when to try again (nothing was recorded), or {@code UNAVAILABLE} when the disk failed (in
     * doubt: the sentence holds the command id).
     *
     * @param door {@code GRAPHQL} or {@code REST}
     * @param command a message of the catalogue
     * @param idempotencyKey the client's name for this very command: repeating it has no second
     *     effect
     * @param trace the client's W3C {@code traceparent}
     */
    public CompletableFuture<Accepted> submit(
            Principal principal,
            String door,
            Message command,
            Optional<String> idempotencyKey,
            Optional<String> trace) {
        throw new UnsupportedOperationException(
                principal + door + command + idempotencyKey + trace);
    }
}
