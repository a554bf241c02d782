package io.waybill.database.engine;

import io.waybill.catalogue.Ids;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.RecordedEvent;

import java.util.Optional;

/** What a commit must be to be stored in any engine; keys are made of streams and identities. */
final class CommitRules {

    private static final int MOST_CHARACTERS = 200;
    private static final int MOST_FINGERPRINT_BYTES = 64;
    private static final int MOST_BYTES = 256 * 1024;

    private CommitRules() {}

    /** Why a command's identity is none; empty when it is one. */
    static Optional<String> violationOf(CommandIdentity command) {
        if (isNoKey(command.getPrincipal())) {
            return Optional.of(
                    "command.principal must be 1 to 200 characters, none of them control characters");
        }
        String id = command.getCommandId();
        return Ids.uuid(id).filter(id::equals).isPresent()
                ? Optional.empty()
                : Optional.of("command.command_id must be a UUID of 36 lower-case characters");
    }

    /**
     * Why a commit cannot be stored; empty when it can. Its command's identity is checked before.
     */
    static Optional<String> violationOf(ProposedCommit commit) {
        if (isNoStream(commit.getStream())) {
            return Optional.of("stream must be <aggregate>/<id> of at most 200 characters");
        }
        if (commit.getFingerprint().size() > MOST_FINGERPRINT_BYTES) {
            return Optional.of("fingerprint must be at most 64 bytes");
        }
        OutcomeKind kind = commit.getOutcome().getKind();
        if (kind == OutcomeKind.OUTCOME_KIND_UNSPECIFIED || kind == OutcomeKind.UNRECOGNIZED) {
            return Optional.of("outcome.kind must be given");
        }
        if (kind != OutcomeKind.OUTCOME_KIND_APPLIED && hasEffects(commit)) {
            return Optional.of(
                    "events, timers_set, timers_cleared and forecloses must be empty unless the"
                            + " command was applied");
        }
        for (RecordedEvent event : commit.getEventsList()) {
            if (isNoKey(event.getType())) {
                return Optional.of("events.type must be the full name of a message");
            }
        }
        if (commit.hasPredecessor()) {
            Optional<String> violation = violationOf(commit.getPredecessor());
            if (violation.isPresent()) {
                return Optional.of("predecessor is no identity: " + violation.get());
            }
        }
        if (commit.hasForecloses()) {
            Optional<String> violation = violationOf(commit.getForecloses());
            if (violation.isPresent()) {
                return Optional.of("forecloses is no identity: " + violation.get());
            }
            if (commit.getForecloses().equals(commit.getCommand())) {
                return Optional.of("forecloses must be another command");
            }
        }
        Optional<String> timers = TimerRules.violationOf(commit);
        if (timers.isPresent()) {
            return timers;
        }
        return commit.getSerializedSize() > MOST_BYTES
                ? Optional.of("a commit must be at most 256 KB")
                : Optional.empty();
    }

    /** What only a command that was applied may do. Without events it may do the rest. */
    private static boolean hasEffects(ProposedCommit commit) {
        return commit.getEventsCount() > 0
                || commit.getTimersSetCount() > 0
                || commit.getTimersClearedCount() > 0
                || commit.hasForecloses();
    }

    static boolean isNoStream(String text) {
        return isNoKey(text) || text.indexOf('/') < 1 || text.endsWith("/");
    }

    static boolean isNoKey(String text) {
        return text.isEmpty()
                || text.length() > MOST_CHARACTERS
                || text.chars().anyMatch(Character::isISOControl);
    }
}
