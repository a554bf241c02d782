package io.waybill.writer.decide;

import io.waybill.proto.eventstore.v1.ProposedCommit;

/**
 * What was decided of a command.
 *
 * @param commit to be appended
 * @param result the aggregate once it is
 */
public record Decided(ProposedCommit commit, Folded<?> result) {

    /**
     * The same, to be written only if what it was decided on is: versions alone would let it
     * through when another writer's commit stands where the one before it was to be. A predecessor
     * of its own stays.
     */
    public Decided after(Decided before) {
        return commit.hasPredecessor()
                ? this
                : new Decided(
                        commit.toBuilder().setPredecessor(before.commit().getCommand()).build(),
                        result);
    }
}
