package io.waybill.database.engine;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.Invalid;
import io.waybill.proto.eventstore.v1.PredecessorMissing;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Recorded;
import io.waybill.proto.eventstore.v1.VersionConflict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides a batch of proposed commits, the same for every engine. For each, in order, with those
 * before it in the batch counting as written:
 *
 * <ol>
 *   <li>its command is recorded: the recorded commit, as a duplicate, whatever else is wrong with
 *       it;
 *   <li>it cannot be stored: invalid, which hurts no other;
 *   <li>it names a predecessor that is not recorded: predecessor missing;
 *   <li>its stream is not at the expected version: conflict;
 *   <li>it forecloses a command that is recorded: conflict;
 *   <li>else it is written, at the next position, and the command that it forecloses is recorded
 *       with it: see {@link Foreclosure}.
 * </ol>
 *
 * <p>Used by one thread, for one batch.
 */
public final class AppendDecisions {

    /** What an engine knows of the log before the batch. */
    public interface Standing {
        /** What is recorded of a command. */
        Optional<Commit> find(CommandIdentity command);

        /** Whether a command is recorded, or foreclosed. */
        boolean isRecorded(CommandIdentity command);

        /** How many events a stream has. */
        long version(String stream);
    }

    private final int partition;
    private final Standing standing;
    private final Map<CommandIdentity, Commit> recordedHere = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final List<Commit> written = new ArrayList<>();
    private long position;

    private AppendDecisions(int partition, long end, Standing standing) {
        this.partition = partition;
        this.position = end;
        this.standing = standing;
    }

    /**
     * Decides a batch that comes after position {@code end}; {@code written} is what the engine is
     * to write.
     */
    public static Appended decide(
            int partition, long end, List<ProposedCommit> proposed, Standing standing) {
        AppendDecisions decisions = new AppendDecisions(partition, end, standing);
        List<AppendResult> results = new ArrayList<>(proposed.size());
        for (ProposedCommit commit : proposed) {
            results.add(decisions.decide(commit));
        }
        return new Appended(results, decisions.written);
    }

    private AppendResult decide(ProposedCommit proposed) {
        CommandIdentity command = proposed.getCommand();
        Optional<String> noIdentity = CommitRules.violationOf(command);
        if (noIdentity.isPresent()) {
            return invalid(noIdentity.get());
        }
        Optional<Commit> before = find(command);
        if (before.isPresent()) {
            return recorded(before.get(), true);
        }
        Optional<String> violation = CommitRules.violationOf(proposed);
        if (violation.isPresent()) {
            return invalid(violation.get());
        }
        if (proposed.hasPredecessor() && !isRecorded(proposed.getPredecessor())) {
            return AppendResult.newBuilder()
                    .setPredecessorMissing(PredecessorMissing.getDefaultInstance())
                    .build();
        }
        long current = versions.computeIfAbsent(proposed.getStream(), standing::version);
        if (current != proposed.getExpectedVersion()
                || (proposed.hasForecloses() && isRecorded(proposed.getForecloses()))) {
            return AppendResult.newBuilder()
                    .setVersionConflict(VersionConflict.newBuilder().setCurrentVersion(current))
                    .build();
        }
        return recorded(write(proposed), false);
    }

    private Commit write(ProposedCommit proposed) {
        position++;
        Commit.Builder commit =
                Commit.newBuilder()
                        .setPartition(partition)
                        .setPosition(position)
                        .setStream(proposed.getStream())
                        .setVersion(proposed.getExpectedVersion() + proposed.getEventsCount())
                        .setCommand(proposed.getCommand())
                        .setFingerprint(proposed.getFingerprint())
                        .setOutcome(proposed.getOutcome())
                        .addAllEvents(proposed.getEventsList())
                        .addAllTimersSet(proposed.getTimersSetList())
                        .addAllTimersCleared(proposed.getTimersClearedList());
        if (proposed.hasMetadata()) {
            commit.setMetadata(proposed.getMetadata());
        }
        if (proposed.hasDecidedAt()) {
            commit.setDecidedAt(proposed.getDecidedAt());
        }
        if (proposed.hasDeadLetter()) {
            commit.setDeadLetter(proposed.getDeadLetter());
        }
        if (proposed.hasForecloses()) {
            commit.setForeclosed(proposed.getForecloses());
        }
        Commit whole = commit.build();
        written.add(whole);
        recordedHere.put(whole.getCommand(), whole);
        if (whole.hasForeclosed()) {
            recordedHere.put(whole.getForeclosed(), Foreclosure.of(whole));
        }
        versions.put(whole.getStream(), whole.getVersion());
        return whole;
    }

    private Optional<Commit> find(CommandIdentity command) {
        Commit here = recordedHere.get(command);
        return here != null ? Optional.of(here) : standing.find(command);
    }

    private boolean isRecorded(CommandIdentity command) {
        return recordedHere.containsKey(command) || standing.isRecorded(command);
    }

    private static AppendResult recorded(Commit commit, boolean duplicate) {
        return AppendResult.newBuilder()
                .setRecorded(
                        Recorded.newBuilder()
                                .setCommit(commit.toBuilder().clearEvents().clearDeadLetter())
                                .setDuplicate(duplicate))
                .build();
    }

    private static AppendResult invalid(String reason) {
        return AppendResult.newBuilder().setInvalid(Invalid.newBuilder().setReason(reason)).build();
    }
}
