package io.waybill.gateway.follow;

import com.google.protobuf.Timestamp;

import io.waybill.gateway.follow.CommandStatus.Decided;
import io.waybill.gateway.follow.CommandStatus.Pending;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.proto.queue.v1.RecordedOutcome;

import java.time.Instant;

/** How a command stands, out of what the outbox, an answer or the reader says. */
final class Statuses {

    private Statuses() {}

    static CommandStatus pending(OutboxEntry entry) {
        return new Pending(
                entry.getCommand().getCommandId(),
                entry.getMetadata().getTopic(),
                entry.getStream().substring(entry.getStream().indexOf('/') + 1),
                instant(entry.getMetadata().getAcceptedAt()),
                entry.getMetadata().getCause());
    }

    static CommandStatus decided(OutboxEntry entry, RecordedOutcome recorded) {
        return new Decided(
                entry.getCommand().getCommandId(),
                entry.getMetadata().getTopic(),
                recorded.getAggregateId(),
                instant(entry.getMetadata().getAcceptedAt()),
                entry.getMetadata().getCause(),
                recorded.getOutcome(),
                recorded.getVersion(),
                instant(recorded.getDecidedAt()));
    }

    static CommandStatus decided(CommandView view) {
        return new Decided(
                view.getCommandId(),
                view.getMetadata().getTopic(),
                view.getAggregateId(),
                instant(view.getMetadata().getAcceptedAt()),
                view.getMetadata().getCause(),
                view.getOutcome(),
                view.getVersion(),
                instant(view.getDecidedAt()));
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
