package io.waybill.gateway.outbox;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.proto.queue.v1.RecordedOutcome;

import java.util.List;

/** Tells all listeners. */
record Announcer(List<OutboxListener> listeners) implements OutboxListener {

    @Override
    public void accepted(OutboxEntry entry) {
        listeners.forEach(listener -> listener.accepted(entry));
    }

    @Override
    public void decided(OutboxEntry entry, RecordedOutcome outcome) {
        listeners.forEach(listener -> listener.decided(entry, outcome));
    }

    @Override
    public void released(CommandIdentity command) {
        listeners.forEach(listener -> listener.released(command));
    }
}
