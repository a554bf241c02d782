package io.waybill.app.simulation;

import static io.waybill.app.simulation.Audit.require;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.identity.Principal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What clients were told, to be held against what stands in the log. */
final class Ledger {

    private enum Told {
        NOTHING,
        ACCEPTED,
        IN_DOUBT
    }

    private static final class Line {
        final String gateway;
        final OutboxEntry entry;
        Told told = Told.NOTHING;
        boolean everInDoubt;

        Line(String gateway, OutboxEntry entry) {
            this.gateway = gateway;
            this.entry = entry;
        }
    }

    private final Map<CommandIdentity, Line> lines = new LinkedHashMap<>();
    private final Map<CommandIdentity, Outcome> announced = new HashMap<>();

    void submitted(String gateway, OutboxEntry entry) {
        lines.computeIfAbsent(entry.getCommand(), id -> new Line(gateway, entry));
    }

    void accepted(CommandIdentity command) {
        line(command).told = Told.ACCEPTED;
    }

    void inDoubt(CommandIdentity command) {
        Line line = line(command);
        line.everInDoubt = true;
        if (line.told == Told.NOTHING) {
            line.told = Told.IN_DOUBT;
        }
    }

    /** A gateway told whoever follows the command of its outcome. */
    void announced(CommandIdentity command, Outcome outcome) {
        Outcome before = announced.put(command, outcome);
        require(
                before == null || before.equals(outcome),
                "%s was told two outcomes: %s and %s",
                command,
                before,
                outcome);
    }

    long acceptedCommands() {
        return lines.values().stream().filter(line -> line.told == Told.ACCEPTED).count();
    }

    /** Checks R1 to R3, R5 and R6 against the whole log. */
    void check(List<Commit> log) {
        Map<CommandIdentity, Commit> recorded = new HashMap<>();
        long position = 0;
        for (Commit commit : log) {
            require(commit.getPosition() == ++position, "a gap before %s", commit);
            require(
                    recorded.put(commit.getCommand(), commit) == null,
                    "%s has two outcomes",
                    commit.getCommand());
            require(
                    lines.containsKey(commit.getCommand()) || isSagas(commit),
                    "nobody sent %s",
                    commit.getCommand());
        }
        lines.forEach(
                (command, line) ->
                        require(
                                line.told != Told.ACCEPTED || recorded.containsKey(command),
                                "%s was accepted and is lost",
                                command));
        announced.forEach(
                (command, outcome) ->
                        require(
                                recorded.containsKey(command)
                                        && recorded.get(command).getOutcome().equals(outcome),
                                "%s was told %s, which is not what stands in the log",
                                command,
                                outcome));
        checkOrder(recorded);
        checkOutcomes(log);
    }

    private void checkOrder(Map<CommandIdentity, Commit> recorded) {
        Map<String, Commit> last = new HashMap<>();
        for (Line line : lines.values()) {
            if (line.told == Told.ACCEPTED && !line.everInDoubt) {
                Commit commit = Objects.requireNonNull(recorded.get(line.entry.getCommand()));
                Commit before = last.put(line.gateway + line.entry.getStream(), commit);
                require(
                        before == null || before.getPosition() < commit.getPosition(),
                        "accepted in another order than applied, on %s",
                        commit.getStream());
            }
        }
    }

    private static boolean isSagas(Commit commit) {
        return commit.getCommand().getPrincipal().equals(Principal.SAGA.name());
    }

    /** Every outcome of a contact's command follows from what stood in its stream before. */
    private static void checkOutcomes(List<Commit> log) {
        Set<String> present = new HashSet<>();
        Map<String, Long> versions = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (Commit commit : log) {
            String stream = commit.getStream();
            boolean adds = commit.getMetadata().getTopic().equals("CONTACT/ADD");
            boolean applied = commit.getOutcome().getKind() == OutcomeKind.OUTCOME_KIND_APPLIED;
            long version = versions.merge(stream, (long) commit.getEventsCount(), Long::sum);
            require(commit.getVersion() == version, "wrong version in %s", commit);
            if (!stream.startsWith("contact/") || isSagas(commit)) {
                continue;
            }
            if (applied != (adds || present.contains(stream))) {
                wrong.add("position " + commit.getPosition() + ": " + commit.getOutcome());
            }
            if (applied && adds) {
                present.add(stream);
            } else if (applied && commit.getMetadata().getTopic().equals("CONTACT/DELETE")) {
                present.remove(stream);
            }
        }
        require(wrong.isEmpty(), "outcomes that do not follow: %s", wrong);
    }

    private Line line(CommandIdentity command) {
        Line line = lines.get(command);
        if (line == null) {
            throw new AssertionError("unknown command " + command);
        }
        return line;
    }
}
