package io.waybill.gateway.outbox;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.proto.queue.v1.RecordedOutcome;

/** Hears what becomes of commands in an outbox. Called on the outbox's loop: must be quick. */
public interface OutboxListener {

    /** A command was accepted. */
    void accepted(OutboxEntry entry);

    /** A command has its outcome and is no longer held. */
    void decided(OutboxEntry entry, RecordedOutcome outcome);

    /**
     * A command is no longer held, and its outcome was not told: it never came to be on disk, or
     * its identity belongs to another content.
     */
    void released(CommandIdentity command);
}
