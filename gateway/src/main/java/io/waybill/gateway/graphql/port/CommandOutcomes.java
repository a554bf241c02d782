package io.waybill.gateway.graphql.port;

import io.waybill.gateway.follow.CommandStatus;
import io.waybill.gateway.follow.Follower;
import io.waybill.gateway.follow.Following;
import io.waybill.wire.identity.Principal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What became of commands. Safe for use by many threads. */
public interface CommandOutcomes {

    /** How the principal's command stands; empty when it is not known here (yet). */
    CompletableFuture<Optional<CommandStatus>> status(Principal principal, String commandId);

    /** Tells how it stands, then its outcome, whenever that comes. */
    Following follow(Principal principal, String commandId, Follower follower);
}
