package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the clients of a test were told: each accepted command, contact by contact in the order
 * accepted.
 */
final class Ledger {

    /**
     * An accepted command.
     *
     * @param contact the id that it was accepted for
     * @param name the name that it gives the contact
     */
    record Accepted(String commandId, String contact, String name) {}

    private final Collection<Accepted> accepted = new ConcurrentLinkedQueue<>();

    void write(Accepted command) {
        accepted.add(command);
    }

    int size() {
        return accepted.size();
    }

    /** Waits until every accepted command has an outcome, as its gateway tells. */
    void awaitOutcomes(GraphQl graphQl, Duration limit) {
        Set<String> open = new LinkedHashSet<>();
        accepted.forEach(command -> open.add(command.commandId()));
        await("an outcome for each of " + open.size() + " accepted commands")
                .atMost(limit)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(
                        () -> {
                            open.removeIf(id -> decided(graphQl.command(id)));
                            return open.isEmpty();
                        });
    }

    private static boolean decided(JsonNode command) {
        return !command.isNull() && !command.get("status").asString().equals("PENDING");
    }

    /**
     * Compares with the log: one outcome each, applied, in order; positions and versions without
     * gaps.
     */
    void mustEqual(List<Commit> log) {
        Map<String, List<Commit>> byCommand = new HashMap<>();
        Map<String, List<Commit>> byStream = new HashMap<>();
        long position = 0;
        for (Commit commit : log) {
            assertThat(commit.getPosition()).isEqualTo(++position);
            byCommand
                    .computeIfAbsent(commit.getCommand().getCommandId(), id -> new ArrayList<>())
                    .add(commit);
            byStream.computeIfAbsent(commit.getStream(), id -> new ArrayList<>()).add(commit);
        }
        Map<String, List<String>> expected = new HashMap<>();
        for (Accepted command : accepted) {
            assertThat(byCommand.get(command.commandId()))
                    .as("the outcome of %s", command)
                    .hasSize(1)
                    .allSatisfy(
                            commit ->
                                    assertThat(commit.getOutcome().getKind())
                                            .as(commit.getOutcome().toString())
                                            .isEqualTo(OutcomeKind.OUTCOME_KIND_APPLIED));
            expected.computeIfAbsent("contact/" + command.contact(), id -> new ArrayList<>())
                    .add(command.commandId());
        }
        expected.forEach(
                (stream, commands) -> {
                    List<Commit> commits = byStream.get(stream);
                    assertThat(commits)
                            .as("the order of %s", stream)
                            .extracting(commit -> commit.getCommand().getCommandId())
                            .containsExactlyElementsOf(commands);
                    assertThat(commits.getLast().getVersion()).isEqualTo(commands.size());
                });
    }

    /** The name that each contact must have in the end. */
    Map<String, String> lastNames() {
        Map<String, String> names = new HashMap<>();
        accepted.forEach(command -> names.put(command.contact(), command.name()));
        return names;
    }
}
