package io.waybill.writer.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.writer.intake.Delay;
import io.waybill.writer.intake.Delivery;
import io.waybill.writer.intake.DeliveryReader;
import io.waybill.writer.intake.PendingCommand;
import io.waybill.writer.memory.Commands;
import io.waybill.writer.poison.NotedCommands;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A command that is decoded well and kills its writer when it is decided. */
class KillerCommandTest {

    private static final Instant NOW = Instant.parse("2026-01-01T09:00:00Z");

    /** Dies of every command: what follows is a run on the notes as they stand at that moment. */
    private record Deadly(Path notes, Path atDeath) implements AggregateType<String> {

        @Override
        public String name() {
            return "contact";
        }

        @Override
        public String initial() {
            return "";
        }

        @Override
        public String evolve(String state, RecordedEvent event) {
            return state;
        }

        @Override
        public Decision decide(Asked asked, String state) {
            try {
                Files.copy(notes, atDeath);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Decision.Accepted(List.of());
        }
    }

    @TempDir private Path folder;

    @Test
    void it_is_condemned_at_the_third_stop() {
        Delivery delivery = delivery();
        Path file = folder.resolve("notes");
        for (int run = 1; run <= 3; run++) {
            NotedCommands notes = NotedCommands.open(file);
            assertThat(notes.condemned(delivery.noteKey())).isFalse();
            Path next = folder.resolve("notes after death " + run);
            decide(delivery, notes, new Deadly(file, next));
            file = next;
        }
        assertThat(NotedCommands.open(file).condemned(delivery.noteKey())).isTrue();
    }

    @Test
    void one_that_was_decided_after_all_is_no_suspect_any_more() {
        Delivery delivery = delivery();
        Path file = folder.resolve("notes");
        for (int run = 1; run <= 2; run++) {
            Path next = folder.resolve("notes after death " + run);
            decide(delivery, NotedCommands.open(file), new Deadly(file, next));
            file = next;
        }
        decide(delivery, NotedCommands.open(file), new Deadly(file, folder.resolve("unused")));
        for (int run = 3; run <= 4; run++) {
            Path next = folder.resolve("notes after death " + run);
            decide(delivery, NotedCommands.open(file), new Deadly(file, next));
            file = next;
        }
        assertThat(NotedCommands.open(file).condemned(delivery.noteKey())).isFalse();
    }

    private static Delivery delivery() {
        return Delivery.of(
                Commands.fromGateway(
                        Commands.add("killer"), Commands.id(1), NOW, 1, Optional.empty()),
                NOW,
                0,
                new Delay(Duration.ZERO),
                0);
    }

    private static void decide(Delivery delivery, NotedCommands notes, AggregateType<?> type) {
        PendingCommand command =
                new DeliveryReader(CommandCatalogue.standard(), notes, new Random(1))
                        .read(delivery);
        Optional<Decided> _ =
                new Decisions(Duration.ofHours(24), notes)
                        .decide(command, Folded.initial(type), Optional.empty(), NOW);
    }
}
