package io.waybill.app.demo;

import io.waybill.app.settings.Refusal;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Submits the demo's requests, each under a key of its own, and waits for their outcomes. Used by
 * one thread.
 */
final class Submissions {

    private final Door door;
    private final Patience patience;
    private final Progress progress;
    private final Map<String, String> commands = new LinkedHashMap<>();
    private final List<Sent> undecided = new ArrayList<>();

    private record Sent(String name, String commandId) {}

    Submissions(Door door, Patience patience, Progress progress) {
        this.door = door;
        this.patience = patience;
        this.progress = progress;
    }

    /** The command that was submitted under a name, if one was. */
    String command(String name) {
        return commands.getOrDefault(name, "");
    }

    /**
     * Submits a command; one that is not taken now is submitted again.
     *
     * @param name of the request, of which its key is made
     */
    JsonNode submit(String name, String method, String path, Map<String, ?> body) {
        Door.Answer answer = door.submit(method, path, body, Script.key(name));
        while (answer.tryAgainAfter().isPresent()) {
            Duration wait = answer.tryAgainAfter().get();
            if (!patience.pause(wait)) {
                throw Refusal.cannotRun(
                        "Waybill at %s takes nothing more now; try again later."
                                .formatted(door.address()));
            }
            answer = door.submit(method, path, body, Script.key(name));
        }
        String commandId = answer.json().path("command_id").asString();
        undecided.add(new Sent(name, commandId));
        commands.put(name, commandId);
        progress.step();
        return answer.json();
    }

    /** Waits until all that was submitted is applied. */
    void await() {
        for (Sent sent : undecided) {
            JsonNode command =
                    patience.until(() -> decided(sent)).orElseThrow(() -> late(sent.name()));
            String status = command.path("status").asString();
            if (!status.equals("APPLIED")) {
                throw Refusal.cannotRun(
                        "the demo's '%s' is not applied but %s: %s."
                                .formatted(
                                        sent.name(), status, command.path("message").asString("")));
            }
            progress.step();
        }
        undecided.clear();
    }

    private Optional<JsonNode> decided(Sent sent) {
        return door.find("/api/commands/" + sent.commandId())
                .filter(command -> !command.path("status").asString().equals("PENDING"));
    }

    /** Something that was accepted is not done in time. */
    static Refusal late(String name) {
        return Refusal.cannotRun(
                "the demo's '%s' is accepted, but not done in time; run the demo again, it goes on where it was."
                        .formatted(name));
    }
}
