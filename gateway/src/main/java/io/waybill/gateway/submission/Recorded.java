package io.waybill.gateway.submission;

import io.waybill.proto.command.v1.CommandView;
import io.waybill.wire.identity.Principal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is recorded of commands and aggregates, read no earlier than the log's end as it is now. The
 * futures fail soon when that cannot be had quickly.
 */
public interface Recorded {

    /** The principal's command, if it has its outcome. */
    CompletableFuture<Optional<CommandView>> command(Principal principal, String commandId);

    /** Whether there is such an aggregate. */
    CompletableFuture<Boolean> exists(Principal principal, String aggregate, String id);
}
