package io.waybill.gateway.submission;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.Ids;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A valid command with its identity, as it goes to the outbox and as it is answered. */
record Submission(Principal principal, Command command, OutboxEntry entry, Accepted accepted) {

    static Submission of(
            Principal principal,
            String door,
            Command command,
            Optional<String> key,
            Optional<String> trace,
            Optional<String> cause,
            Instant now) {
        String name = principal.name();
        String commandId =
                key.map(given -> Ids.commandId(name, given, command))
                        .orElseGet(() -> Ids.newId(now.toEpochMilli()));
        String aggregateId = command.aggregateId(name, commandId);
        Instant acceptedAt = now.truncatedTo(ChronoUnit.MICROS);
        Metadata.Builder metadata =
                Metadata.newBuilder()
                        .setDoor(door)
                        .setTopic(command.type().topic())
                        .setAcceptedAt(
                                Timestamp.newBuilder()
                                        .setSeconds(acceptedAt.getEpochSecond())
                                        .setNanos(acceptedAt.getNano()));
        trace.ifPresent(metadata::setTrace);
        cause.ifPresent(metadata::setCause);
        OutboxEntry entry =
                OutboxEntry.newBuilder()
                        .setCommand(
                                CommandIdentity.newBuilder()
                                        .setPrincipal(name)
                                        .setCommandId(commandId))
                        .setMetadata(metadata)
                        .setPayload(command.message().toByteString())
                        .setFingerprint(ByteString.copyFrom(command.fingerprint()))
                        .setStream(command.type().aggregate() + "/" + aggregateId)
                        .build();
        return new Submission(
                principal,
                command,
                entry,
                new Accepted(commandId, aggregateId, command.type().acknowledgement(), acceptedAt));
    }

    /** What is answered: when it was accepted is what is known of the first time. */
    Accepted accepted(Metadata first) {
        Timestamp at = first.getAcceptedAt();
        return new Accepted(
                accepted.commandId(),
                accepted.aggregateId(),
                accepted.acknowledgement(),
                Instant.ofEpochSecond(at.getSeconds(), at.getNanos()));
    }

    /** Refuses this one if what has its identity already is another content. */
    void mustEqual(ByteString fingerprint) {
        if (!fingerprint.equals(entry.getFingerprint())) {
            throw new WaybillException(
                            ErrorCode.IDEMPOTENCY_KEY_REUSED,
                            "this idempotency key was used before for another content")
                    .at("idempotencyKey");
        }
    }
}
