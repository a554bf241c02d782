package io.waybill.gateway.follow;

import io.waybill.gateway.reading.ReaderClient;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.wire.identity.Principal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Outcomes as the reader tells them. */
record OutcomesInReader(ReaderClient reader) implements Outcomes {

    @Override
    public CompletableFuture<Optional<CommandView>> now(Principal principal, String commandId) {
        return reader.command(principal, commandId, Duration.ZERO, true);
    }

    @Override
    public CompletableFuture<Optional<CommandView>> within(CommandIdentity command, Duration wait) {
        return reader.command(
                new Principal(command.getPrincipal()), command.getCommandId(), wait, false);
    }
}
