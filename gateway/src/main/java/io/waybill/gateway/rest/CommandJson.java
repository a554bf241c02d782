package io.waybill.gateway.rest;

import io.waybill.gateway.follow.CommandStatus;
import io.waybill.proto.command.v1.Outcome;

import tools.jackson.core.JsonGenerator;

/** Writes how a command stands. */
final class CommandJson {

    private CommandJson() {}

    static void write(JsonGenerator json, CommandStatus command) {
        json.writeStringProperty("command_id", command.commandId());
        json.writeStringProperty("status", status(command));
        if (command instanceof CommandStatus.Decided decided) {
            given(json, "code", decided.outcome().getCode());
            given(json, "message", decided.outcome().getMessage());
            given(json, "field", decided.outcome().getField());
        }
        given(json, "id", command.aggregateId());
        given(json, "topic", command.topic());
        json.writeStringProperty("accepted_on", command.acceptedAt().toString());
        if (command instanceof CommandStatus.Decided decided) {
            json.writeNumberProperty("version", decided.version());
            json.writeStringProperty("decided_on", decided.decidedAt().toString());
        }
    }

    private static void given(JsonGenerator json, String name, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
    }

    private static String status(CommandStatus command) {
        return switch (command) {
            case CommandStatus.Pending pending -> "PENDING";
            case CommandStatus.Decided decided -> outcome(decided.outcome());
        };
    }

    private static String outcome(Outcome outcome) {
        return EnumNames.shown(outcome.getKind().getValueDescriptor());
    }
}
