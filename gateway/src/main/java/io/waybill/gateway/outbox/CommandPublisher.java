package io.waybill.gateway.outbox;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.mqtt.PublishResult;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Puts commands on the queue. */
@FunctionalInterface
public interface CommandPublisher {

    /**
     * Publishes a command with QoS 1. Does not block.
     *
     * @param sending the number of this sending, which the answer repeats
     * @param predecessor the undecided command before it on its stream
     * @return what the broker answered; fails when it could not be asked, or the connection was
     *     lost before it answered. May complete on any thread.
     */
    CompletableFuture<PublishResult> publish(
            OutboxEntry entry, long sending, Optional<CommandIdentity> predecessor);

    /**
     * Gives up a connection that answers nothing for a new one; what was not answered on it fails.
     * Returns at once. Does nothing where there is no connection to lose.
     */
    default void connectAnew(String reason) {}
}
