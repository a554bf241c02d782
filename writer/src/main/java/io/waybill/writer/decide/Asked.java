package io.waybill.writer.decide;

import io.waybill.catalogue.Command;
import io.waybill.proto.eventstore.v1.Commit;

import java.time.Instant;
import java.util.Optional;

/**
 * A command as an aggregate is asked to decide it.
 *
 * @param commandId the command's own id
 * @param id the aggregate's id
 * @param at the time of the decision
 * @param undone what is recorded for the command that this one undoes; empty when this one undoes
 *     none, or nothing is recorded for it
 */
public record Asked(
        Command command, String commandId, String id, Instant at, Optional<Commit> undone) {}
