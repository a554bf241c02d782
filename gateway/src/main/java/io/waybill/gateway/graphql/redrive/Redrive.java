package io.waybill.gateway.graphql.redrive;

import java.util.Optional;

/**
 * A client wants a dead letter driven again.
 *
 * @param deadLetter the id of the command that could not be handled
 * @param payload instead of the one that was kept: the command as JSON
 * @param idempotencyKey the client's name for this very redrive
 * @param trace the client's W3C {@code traceparent}
 */
public record Redrive(
        String deadLetter,
        Optional<String> payload,
        Optional<String> idempotencyKey,
        Optional<String> trace) {}
