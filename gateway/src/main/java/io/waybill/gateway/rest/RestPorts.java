package io.waybill.gateway.rest;

import io.waybill.gateway.graphql.port.CommandIntake;
import io.waybill.gateway.graphql.port.CommandOutcomes;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.proto.outbox.v1.OutboxEntry;

import java.util.Optional;

/**
 * What REST needs of the rest of the gateway. Every future fails with a {@link
 * io.waybill.wire.failure.WaybillException} and ends by itself within the time that its question
 * may take.
 *
 * @param views asks the reader
 * @param intake takes commands in, as from this door
 * @param outcomes what became of them
 * @param undecided what was accepted here and is not in the log yet
 */
public record RestPorts(
        ViewReads views, CommandIntake intake, CommandOutcomes outcomes, Undecided undecided) {

    /** The commands that this gateway holds. Safe for use by many threads. */
    @FunctionalInterface
    public interface Undecided {

        /**
         * The first undecided command for a stream, if one is on disk here.
         *
         * @param stream {@code order/<id>}
         */
        Optional<OutboxEntry> firstFor(String stream);
    }
}
