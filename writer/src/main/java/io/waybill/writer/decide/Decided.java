package io.waybill.writer.decide;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ProposedCommit;

import java.util.List;
import java.util.Optional;

/**
 * What was decided of a command.
 *
 * @param commit to be appended
 * @param result the aggregate once it is
 * @param requests what the saga sends once it is
 */
public record Decided(ProposedCommit commit, Folded<?> result, List<SagaRequest> requests) {

    /** A decision that sends nothing. */
    public Decided(ProposedCommit commit, Folded<?> result) {
        this(commit, result, List.of());
    }

    /** Whether what stands in the log is this very commit, written now or by an earlier try. */
    public boolean isRecordedAs(Commit recorded) {
        return recorded.getCommand().equals(commit.getCommand())
                && recorded.getStream().equals(commit.getStream())
                && recorded.getDecidedAt().equals(commit.getDecidedAt())
                && recorded.getVersion() == commit.getExpectedVersion() + commit.getEventsCount();
    }

    /**
     * The same, to be written only if what it was decided on is: versions alone would let it
     * through when another writer's commit stands where the one before it was to be. Empty where
     * that cannot be said, since it names another predecessor of its own: then it has to wait.
     */
    public Optional<Decided> after(Decided before) {
        CommandIdentity rests = before.commit().getCommand();
        if (commit.hasPredecessor() && !commit.getPredecessor().equals(rests)) {
            return Optional.empty();
        }
        return Optional.of(
                new Decided(commit.toBuilder().setPredecessor(rests).build(), result, requests));
    }
}
