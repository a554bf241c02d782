package io.waybill.gateway.graphql.port;

import com.google.protobuf.Message;

import io.waybill.gateway.submission.Accepted;
import io.waybill.wire.identity.Principal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Takes commands in. Safe for use by many threads. */
public interface CommandIntake {

    /**
     * Accepts a command: when the future completes it is on disk and will get an outcome.
     *
     * @param idempotencyKey the client's name for this very command
     * @param trace the client's W3C {@code traceparent}
     * @param cause the id of the command whose dead letter this one drives again, if it does
     */
    CompletableFuture<Accepted> submit(
            Principal principal,
            Message command,
            Optional<String> idempotencyKey,
            Optional<String> trace,
            Optional<String> cause);

    /** Accepts a command that drives no dead letter again. */
    default CompletableFuture<Accepted> submit(
            Principal principal,
            Message command,
            Optional<String> idempotencyKey,
            Optional<String> trace) {
        return submit(principal, command, idempotencyKey, trace, Optional.empty());
    }
}
