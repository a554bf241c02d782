package io.waybill.gateway.follow;

import io.waybill.proto.command.v1.Outcome;

import java.time.Instant;

/** How a command stands. */
public sealed interface CommandStatus {

    String commandId();

    /** The topic it travels on: {@code CONTACT/ADD}. */
    String topic();

    /** The aggregate it is about; empty for a command that could not be decoded. */
    String aggregateId();

    Instant acceptedAt();

    /** The command whose dead letter it drives again; empty for one that drives none. */
    String redriveOf();

    /** Accepted by this gateway, its outcome not known yet. */
    record Pending(
            String commandId,
            String topic,
            String aggregateId,
            Instant acceptedAt,
            String redriveOf)
            implements CommandStatus {}

    /**
     * It has its outcome, for ever.
     *
     * @param version the stream's version after the command
     */
    record Decided(
            String commandId,
            String topic,
            String aggregateId,
            Instant acceptedAt,
            String redriveOf,
            Outcome outcome,
            long version,
            Instant decidedAt)
            implements CommandStatus {}
}
