package io.waybill.gateway.follow;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.wire.identity.Principal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where outcomes are read. */
public interface Outcomes {

    /** The outcome, if it is in the log now. */
    CompletableFuture<Optional<CommandView>> now(Principal principal, String commandId);

    /** The outcome, if it comes within this time. Cancelling the future ends the wait. */
    CompletableFuture<Optional<CommandView>> within(CommandIdentity command, Duration wait);
}
