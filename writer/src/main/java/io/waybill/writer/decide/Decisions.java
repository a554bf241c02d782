package io.waybill.writer.decide;

import com.google.protobuf.ByteString;

import io.waybill.catalogue.Command;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.DeadLetter;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.mqtt.Stamp;
import io.waybill.writer.intake.Content;
import io.waybill.writer.intake.Delivery;
import io.waybill.writer.intake.PendingCommand;
import io.waybill.writer.poison.CommandNotes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
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
     */
    public Decided decide(PendingCommand command, Folded<?> folded, Instant now) {
        String noteKey = command.delivery().noteKey();
        Decided decided = decide(command, folded, now, noteKey);
        notes.acquit(noteKey);
        return decided;
    }

    private Decided decide(PendingCommand command, Folded<?> folded, Instant now, String noteKey) {
        Throwable last = null;
        while (command.poison().isEmpty()) {
            notes.note(noteKey);
            try {
                return decideOnce(command, folded, now);
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
        return deadLetter(command, folded, now);
    }

    private Decided decideOnce(PendingCommand command, Folded<?> folded, Instant now) {
        return switch (command.content()) {
            case Content.Undecodable undecodable -> deadLetter(command, folded, now);
            case Content.Invalid(String field, String sentence) ->
                    decided(
                            command,
                            folded,
                            now,
                            rejected(ErrorCode.BAD_USER_INPUT, sentence, field));
            case Content.Valid(Command valid) ->
                    now.isAfter(command.delivery().acceptedAt().plus(deadline))
                            ? decided(command, folded, now, expired())
                            : decideValid(command, valid, folded, now);
        };
    }

    private Decided decideValid(
            PendingCommand command, Command valid, Folded<?> folded, Instant now) {
        CommandIdentity identity = command.identity();
        String id = valid.aggregateId(identity.getPrincipal(), identity.getCommandId());
        return switch (folded.decide(valid, id, now)) {
            case Decision.Accepted(var events) ->
                    new Decided(
                            proposal(command, folded, now)
                                    .setOutcome(outcome(OutcomeKind.OUTCOME_KIND_APPLIED))
                                    .addAllEvents(events)
                                    .build(),
                            folded.after(events));
            case Decision.Refused(ErrorCode code, String message, String field) ->
                    decided(command, folded, now, rejected(code, message, field));
        };
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
                        .setDecidedAt(ProtoTime.of(now));
        command.delivery()
                .sending()
                .flatMap(Stamp.Sending::predecessor)
                .ifPresent(commit::setPredecessor);
        return commit;
    }

    private static Metadata metadata(Delivery delivery) {
        Metadata.Builder metadata =
                Metadata.newBuilder()
                        .setDoor(delivery.door())
                        .setAcceptedAt(ProtoTime.of(delivery.acceptedAt()))
                        .setTopic(delivery.message().topic());
        delivery.stamp().flatMap(Stamp::trace).ifPresent(metadata::setTrace);
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
