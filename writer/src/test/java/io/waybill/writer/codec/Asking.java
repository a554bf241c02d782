package io.waybill.writer.codec;

import com.google.protobuf.Message;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.Reading;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.writer.decide.Asked;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Commands as the pipeline asks for them. */
final class Asking {

    static final String COMMAND = "0190a6e2-7b7c-7d3a-8f5e-000000000001";
    static final Instant AT = Instant.parse("2026-01-01T09:00:00.123456Z");

    private Asking() {}

    static Asked asked(Message message, String id) {
        return asked(message, id, AT, Optional.empty());
    }

    static Asked asked(Message message, String id, Instant at, Optional<Commit> undone) {
        return new Asked(command(message), COMMAND, id, at, undone);
    }

    /** What is recorded of a command. */
    static Commit commit(String stream, OutcomeKind outcome, List<RecordedEvent> events) {
        return Commit.newBuilder()
                .setStream(stream)
                .setOutcome(Outcome.newBuilder().setKind(outcome))
                .addAllEvents(events)
                .build();
    }

    private static Command command(Message message) {
        return switch (CommandCatalogue.standard()
                .of(message.getDescriptorForType())
                .read(message)) {
            case Reading.Valid(Command command) -> command;
            case Reading.Invalid invalid -> throw new AssertionError(invalid.sentence());
            case Reading.Undecodable undecodable -> throw new AssertionError(undecodable.reason());
        };
    }
}
