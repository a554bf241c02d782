package io.waybill.writer.shopping;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.domain.Decision;
import io.waybill.writer.domain.Recorded;
import io.waybill.writer.shopping.ShoppingCommand.Assign;
import io.waybill.writer.shopping.ShoppingCommand.Cancel;
import io.waybill.writer.shopping.ShoppingCommand.Complete;
import io.waybill.writer.shopping.ShoppingCommand.Create;
import io.waybill.writer.shopping.ShoppingCommand.Initiate;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A shopping list goes from phase to phase as a table says, whatever comes: in duplicate, late, or
 * undone before it came.
 */
class ShoppingModelTest {

    /** Phase and command: the phase afterwards; where there is none, it is refused. */
    private static final Map<String, String> TABLE =
            Map.ofEntries(
                    Map.entry("absent create", "created"),
                    Map.entry("created create", "created"),
                    Map.entry("created initiate", "initiated"),
                    Map.entry("created cancel", "cancelled"),
                    Map.entry("initiated create", "initiated"),
                    Map.entry("initiated initiate", "initiated"),
                    Map.entry("initiated assign", "assigned"),
                    Map.entry("initiated cancel", "cancelled"),
                    Map.entry("assigned create", "assigned"),
                    Map.entry("assigned initiate", "assigned"),
                    Map.entry("assigned assign", "assigned"),
                    Map.entry("assigned complete", "completed"),
                    Map.entry("assigned cancel", "cancelled"),
                    Map.entry("completed create", "completed"),
                    Map.entry("completed initiate", "completed"),
                    Map.entry("completed cancel", "cancelled"),
                    Map.entry("cancelled cancel", "cancelled"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void a_list_goes_from_phase_to_phase_as_the_table_says(long seed) {
        for (int run = 0; run < 100; run++) {
            new Run(new Random(seed * 1_000 + run), "seed " + seed + ", run " + run).run();
        }
    }

    private static final class Run {

        private final Random random;
        private final String description;
        private final Recorded<ShoppingEvent> recorded = new Recorded<>();
        private final List<ShoppingCommand> sentBefore = new ArrayList<>();
        private ShoppingList list = ShoppingDecider.initial();
        private String phase = "absent";
        private String assignee = "";
        private Instant clock = Instant.parse("2026-01-01T09:00:00Z");

        Run(Random random, String description) {
            this.random = random;
            this.description = description;
        }

        void run() {
            for (int step = 0; step < 40; step++) {
                clock = clock.plusMillis(1 + random.nextInt(1_000));
                ShoppingCommand command =
                        !sentBefore.isEmpty() && random.nextInt(6) == 0
                                ? sentBefore.get(random.nextInt(sentBefore.size()))
                                : command();
                sentBefore.add(command);
                recorded.once(id(command), () -> decide(command))
                        .forEach(event -> list = ShoppingDecider.evolve(list, event));
                check();
            }
        }

        private Decision<ShoppingEvent> decide(ShoppingCommand command) {
            Decision<ShoppingEvent> decision = ShoppingDecider.decide(command, list);
            boolean nothingToUndo = command instanceof Cancel cancel && cancel.undone().isEmpty();
            String after = TABLE.get(phase + " " + name(command));
            assertThat(decision instanceof Decision.Refused<ShoppingEvent>)
                    .as(description)
                    .isEqualTo(after == null && !nothingToUndo);
            if (after != null && !nothingToUndo) {
                phase = after;
                if (command instanceof Assign assign) {
                    assignee = assign.assignee();
                }
            }
            return decision;
        }

        private void check() {
            assertThat(name(list)).as(description).isEqualTo(phase);
            if (list instanceof ShoppingList.Assigned assigned) {
                assertThat(assigned.assignee()).as(description).isEqualTo(assignee);
            }
        }

        private ShoppingCommand command() {
            return switch (random.nextInt(12)) {
                case 0, 1 -> new Create("o1", "r1", List.of(), clock);
                case 2, 3, 4 -> new Initiate("o1", clock);
                case 5, 6, 7 -> new Assign("o1", "cook " + random.nextInt(3), clock);
                case 8, 9 -> new Complete("o1", clock);
                case 10 ->
                        new Cancel(
                                "o1",
                                recorded.undone("create", ShoppingEvent.Created.class),
                                clock);
                default -> new Cancel("o1", List.of(), clock);
            };
        }

        /** The saga creates a list once, and takes that back once. */
        private static String id(ShoppingCommand command) {
            return switch (command) {
                case Create _ -> "create";
                case Initiate _, Assign _, Complete _, Cancel _ -> command.toString();
            };
        }

        private static String name(Object phaseOrCommand) {
            return phaseOrCommand.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
    }
}
