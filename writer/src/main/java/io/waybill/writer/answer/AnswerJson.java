package io.waybill.writer.answer;

import com.google.gson.JsonObject;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.wire.failure.ErrorCode;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Outcomes as MQTT clients get them: one JSON object; what is empty is left out. */
final class AnswerJson {

    private static final String KIND_PREFIX = "OUTCOME_KIND_";

    private AnswerJson() {}

    /** What stands in the log. */
    static byte[] recorded(Commit commit) {
        Outcome outcome = commit.getOutcome();
        JsonObject json = new JsonObject();
        json.addProperty("commandId", commit.getCommand().getCommandId());
        json.addProperty("outcome", outcome.getKind().name().substring(KIND_PREFIX.length()));
        add(json, "code", outcome.getCode());
        add(json, "message", outcome.getMessage());
        add(json, "field", outcome.getField());
        String aggregateId = AggregateIds.of(commit.getStream());
        if (!aggregateId.isEmpty()) {
            json.addProperty("id", aggregateId);
            json.addProperty("version", commit.getVersion());
        }
        json.addProperty(
                "fingerprint", HexFormat.of().formatHex(commit.getFingerprint().toByteArray()));
        return bytes(json);
    }

    /** The refusal of another content under a recorded identity; it is not recorded. */
    static byte[] identityReused(CommandIdentity identity) {
        JsonObject json = new JsonObject();
        json.addProperty("commandId", identity.getCommandId());
        json.addProperty("outcome", "REJECTED");
        json.addProperty("code", ErrorCode.IDEMPOTENCY_KEY_REUSED.name());
        json.addProperty(
                "message",
                "this correlation id was used before for another content; nothing was changed");
        return bytes(json);
    }

    private static void add(JsonObject json, String name, String value) {
        if (!value.isEmpty()) {
            json.addProperty(name, value);
        }
    }

    private static byte[] bytes(JsonObject json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
