package io.waybill.writer.decide;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

import io.waybill.catalogue.Command;
import io.waybill.proto.catalogue.v1.Sender;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DeadLetter;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.mqtt.Stamp;
import io.waybill.writer.intake.Content;
import io.waybill.writer.intake.Delivery;
import io.waybill.writer.intake.PendingCommand;
import io.waybill.writer.poison.CommandNotes;
import io.waybill.writer.time.ProtoTime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Turns a pending command and its aggregate into a proposed commit: its effect, its refusal, that
 * it came too late, or its dead letter. Never throws. Used on the pipeline's event loop.
 */
public final class Decisions {

    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);
    private static final int MAX_UNDECODABLE_BYTES = 1024;

    private final Duration deadline;
    private final CommandNotes notes;

    /**
     * Decides commands.
     *
     * @param deadline how long after its acceptance a command may be decided; afterwards it is
     *     expired
     */
    public Decisions(Duration deadline, CommandNotes notes) {
        this.deadline = deadline;
        this.notes = notes;
    }

    /**
     * Decides one command.
     *
     * @param folded its aggregate, or {@link Folded#none()}
     * @param undone what is recorded for the command that it undoes, if it undoes one and there is
     *     anything
     * @return empty when there is nothing to do and nothing to remember
     */
    public Optional<Decided> decide(
            PendingCommand command, Folded<?> folded, Optional<Commit> undone, Instant now) {
        String noteKey = command.delivery().noteKey();
        Optional<Decided> decided = decide(command, folded, undone, now, noteKey);
        notes.acquit(noteKey);
        return decided;
    }

    private Optional<Decided> decide(
            PendingCommand command,
            Folded<?> folded,
            Optional<Commit> undone,
            Instant now,
            String noteKey) {
        Throwable last = null;
        while (command.poison().isEmpty()) {
            notes.note(noteKey);
            try {
                return decideOnce(command, folded, undone, now);
            } catch (Exception | Error e) {
                last = e;
                command.failed("deciding it failed: " + Reason.of(e));
            } finally {
                notes.strike();
            }
        }
        if (last != null) {
            LOG.error(
                    "deciding the command {} failed {} times; it is dead-lettered",
                    command,
                    PendingCommand.ATTEMPTS,
                    last);
        }
        return Optional.of(deadLetter(command, folded, now));
    }

    private Optional<Decided> decideOnce(
            PendingCommand command, Folded<?> folded, Optional<Commit> undone, Instant now) {
        return switch (command.content()) {
            case Content.Undecodable undecodable -> Optional.of(deadLetter(command, folded, now));
            case Content.Invalid(ErrorCode code, String field, String sentence) ->
                    Optional.of(decided(command, folded, now, rejected(code, sentence, field)));
            case Content.Valid(Command valid) ->
                    tooLate(command, valid, now)
                            ? Optional.of(decided(command, folded, now, expired()))
                            : decideValid(command, valid, folded, undone, now);
        };
    }

    /** What a saga sends never expires: its deadlines take that place. */
    private boolean tooLate(PendingCommand command, Command valid, Instant now) {
        return valid.type().sender() == Sender.SENDER_CLIENT
                && now.isAfter(command.delivery().acceptedAt().plus(deadline));
    }

    private Optional<Decided> decideValid(
            PendingCommand command,
            Command valid,
            Folded<?> folded,
            Optional<Commit> undone,
            Instant now) {
        CommandIdentity identity = command.identity();
        String id = valid.aggregateId(identity.getPrincipal(), identity.getCommandId());
        Asked asked = new Asked(valid, identity.getCommandId(), id, now, undone);
        return switch (folded.decide(asked)) {
            case Decision.Accepted accepted ->
                    Optional.of(accepted(command, valid, folded, undone, accepted, now));
            case Decision.Refused(ErrorCode code, String message, String field) ->
                    Optional.of(decided(command, folded, now, rejected(code, message, field)));
            case Decision.Needless() ->
                    command.delivery()
                            .timer()
                            .map(
                                    timer ->
                                            accepted(
                                                    command,
                                                    valid,
                                                    folded,
                                                    undone,
                                                    new Decision.Accepted(List.of()),
                                                    now));
        };
    }

    /** A timer that was due stands no more, unless it is set anew. */
    private static Decided accepted(
            PendingCommand command,
            Command valid,
            Folded<?> folded,
            Optional<Commit> undone,
            Decision.Accepted accepted,
            Instant now) {
        List<Timer> set = accepted.timers().set();
        ProposedCommit.Builder commit =
                proposal(command, folded, now)
                        .setOutcome(outcome(OutcomeKind.OUTCOME_KIND_APPLIED))
                        .addAllEvents(accepted.events())
                        .addAllTimersSet(set)
                        .addAllTimersCleared(accepted.timers().cleared());
        command.delivery()
                .timer()
                .filter(name -> set.stream().noneMatch(timer -> timer.getName().equals(name)))
                .filter(name -> !accepted.timers().cleared().contains(name))
                .ifPresent(commit::addTimersCleared);
        if (undone.isEmpty()) {
            valid.undoes().ifPresent(commit::setForecloses);
        }
        return new Decided(commit.build(), folded.after(accepted.events()), accepted.requests());
    }

    private static Decided decided(
            PendingCommand command, Folded<?> folded, Instant now, Outcome outcome) {
        return new Decided(proposal(command, folded, now).setOutcome(outcome).build(), folded);
    }

    private Outcome expired() {
        return outcome(OutcomeKind.OUTCOME_KIND_EXPIRED).toBuilder()
                .setCode(ErrorCode.EXPIRED.name())
                .setMessage(
                        "not decided within %d hours after it was accepted"
                                .formatted(deadline.toHours()))
                .build();
    }

    /**
     * A payload that was never decoded is kept in part; one that can be driven again is kept whole.
     */
    private static Decided deadLetter(PendingCommand command, Folded<?> folded, Instant now) {
        Optional<String> poison = command.poison();
        String reason =
                command.content() instanceof Content.Undecodable(String why)
                        ? poison.orElse(why)
                        : poison.orElse("");
        Delivery delivery = command.delivery();
        byte[] payload = delivery.message().payload();
        int kept =
                poison.isPresent()
                        ? payload.length
                        : Math.min(payload.length, MAX_UNDECODABLE_BYTES);
        ErrorCode code = poison.isPresent() ? ErrorCode.POISON : ErrorCode.UNDECODABLE;
        return new Decided(
                proposal(command, folded, now)
                        .setOutcome(
                                outcome(OutcomeKind.OUTCOME_KIND_DEAD_LETTERED).toBuilder()
                                        .setCode(code.name())
                                        .setMessage(reason))
                        .setDeadLetter(
                                DeadLetter.newBuilder()
                                        .setReason(reason)
                                        .setPayload(ByteString.copyFrom(payload, 0, kept))
                                        .setContentType(delivery.contentType())
                                        .setPayloadBytes(delivery.payloadBytes()))
                        .build(),
                folded);
    }

    private static ProposedCommit.Builder proposal(
            PendingCommand command, Folded<?> folded, Instant now) {
        ProposedCommit.Builder commit =
                ProposedCommit.newBuilder()
                        .setStream(
                                folded.isNone()
                                        ? PendingCommand.ownStream(command.identity())
                                        : command.stream())
                        .setExpectedVersion(folded.version())
                        .setCommand(command.identity())
                        .setFingerprint(ByteString.copyFrom(command.fingerprint()))
                        .setMetadata(metadata(command.delivery()))
                        .setDecidedAt(shown(now));
        command.delivery()
                .sending()
                .flatMap(Stamp.Sending::predecessor)
                .ifPresent(commit::setPredecessor);
        return commit;
    }

    /** A time that is shown to people: cut to microseconds, as all of them are. */
    private static Timestamp shown(Instant time) {
        return ProtoTime.of(time.truncatedTo(ChronoUnit.MICROS));
    }

    private static Metadata metadata(Delivery delivery) {
        Metadata.Builder metadata =
                Metadata.newBuilder()
                        .setDoor(delivery.door())
                        .setAcceptedAt(shown(delivery.acceptedAt()))
                        .setTopic(delivery.message().topic());
        delivery.stamp().flatMap(Stamp::trace).ifPresent(metadata::setTrace);
        delivery.stamp().flatMap(Stamp::saga).ifPresent(metadata::setSaga);
        delivery.stamp().flatMap(Stamp::cause).ifPresent(metadata::setCause);
        return metadata.build();
    }

    private static Outcome rejected(ErrorCode code, String message, String field) {
        return Outcome.newBuilder()
                .setKind(OutcomeKind.OUTCOME_KIND_REJECTED)
                .setCode(code.name())
                .setMessage(message)
                .setField(field)
                .build();
    }

    private static Outcome outcome(OutcomeKind kind) {
        return Outcome.newBuilder().setKind(kind).build();
    }
}
