package io.waybill.writer.decide;

import io.waybill.proto.eventstore.v1.ProposedCommit;

/**
 * What was decided of a command.
 *
 * @param commit to be appended
 * @param after the aggregate once it is
 */
public record Decided(ProposedCommit commit, Folded<?> after) {}
