package io.waybill.writer;

import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.writer.decide.Folded;
import io.waybill.writer.intake.PendingCommand;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * What the log's answers mean for a group and its aggregate.
 *
 * @param again the commands to decide again, in order
 * @param known the aggregate after what was written of the group
 * @param current whether the stream ends there, as far as the answers tell
 * @param headConflicted whether the first command itself was decided on a version that the stream
 *     no longer has
 */
record Settlement(
        SequencedSet<PendingCommand> again,
        Folded<?> known,
        boolean current,
        boolean headConflicted) {

    static Settlement of(DecidedGroup group, List<AppendResult> results) {
        Reckoning reckoning = new Reckoning(group.base());
        for (int i = 0; i < results.size(); i++) {
            reckoning.take(
                    group.commands().get(i), group.decided().get(i).commit(), results.get(i));
        }
        return new Settlement(
                reckoning.again,
                reckoning.known,
                reckoning.current,
                results.getFirst().hasVersionConflict());
    }

    private static final class Reckoning {

        private final SequencedSet<PendingCommand> again = new LinkedHashSet<>();
        private Folded<?> known;
        private boolean current = true;

        Reckoning(Folded<?> base) {
            known = base;
        }

        void take(PendingCommand command, ProposedCommit proposed, AppendResult result) {
            switch (result.getResultCase()) {
                case RECORDED -> recorded(proposed, result.getRecorded().getCommit());
                case VERSION_CONFLICT -> {
                    again.add(command);
                    current &= result.getVersionConflict().getCurrentVersion() == known.version();
                }
                case PREDECESSOR_MISSING -> {
                    // what it waits for may be decided again, or just be what was decided before it
                    if (!again.isEmpty() || !command.hasPredecessor()) {
                        again.add(command);
                    }
                }
                case INVALID -> {
                    if (command.poison().isEmpty()) {
                        command.poison("it cannot be stored: " + result.getInvalid().getReason());
                        again.add(command);
                    }
                }
                case RESULT_NOT_SET -> {
                    // answered as a command that cannot be recorded
                }
            }
        }

        /** Follows what was written; what a duplicate did long ago is in the aggregate already. */
        private void recorded(ProposedCommit proposed, Commit commit) {
            if (!commit.getStream().equals(proposed.getStream())) {
                return;
            }
            boolean asProposed =
                    commit.getVersion() == known.version() + proposed.getEventsCount()
                            && commit.getDecidedAt().equals(proposed.getDecidedAt());
            if (asProposed) {
                known = known.after(proposed.getEventsList());
            } else if (commit.getVersion() > known.version()) {
                current = false;
            }
        }
    }
}
