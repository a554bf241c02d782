package io.waybill.gateway.submission;

import java.time.Instant;

/**
 * A command that was accepted, now or before.
 *
 * @param commandId by which it can be followed
 * @param aggregateId the aggregate it is about; for a new one the id that it will have
 * @param acknowledgement the sentence for the client: {@code Queued to add}
 * @param at when it was accepted, the first time
 */
public record Accepted(String commandId, String aggregateId, String acknowledgement, Instant at) {}
