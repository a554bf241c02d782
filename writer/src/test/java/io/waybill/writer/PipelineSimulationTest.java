package io.waybill.writer;

import static io.waybill.writer.memory.Commands.add;
import static io.waybill.writer.memory.Commands.contactOf;
import static io.waybill.writer.memory.Commands.delete;
import static io.waybill.writer.memory.Commands.id;
import static io.waybill.writer.memory.Commands.update;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.writer.codec.ContactCodec;
import io.waybill.writer.decide.Folded;
import io.waybill.writer.poison.CommandNotes;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Commands for a few contacts over a queue and a log that fail at random and a writer that dies at
 * random: whatever happens, each command has one outcome, in the order sent for its contact, on the
 * version it says.
 */
class PipelineSimulationTest {

    private static final int CONTACTS = 4;
    private static final int COMMANDS = 120;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_command_ends_once_and_in_order(long seed) {
        RandomGenerator random = new java.util.Random(seed);
        Duration delay = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(300);
        PipelineWorld world = new PipelineWorld(seed, delay, CommandNotes.none());
        Misfortune misfortune = new Misfortune(world, random);
        misfortune.begin();
        world.pipeline.start();
        Map<String, List<String>> sent = run(world, random, misfortune);

        misfortune.end();

        assertThat(world.queue.unacknowledged()).isZero();
        assertThat(world.log.commits()).hasSize(COMMANDS);
        Map<String, List<String>> recorded = new HashMap<>();
        Map<String, Folded<?>> folded = new HashMap<>();
        for (Commit commit : world.log.commits()) {
            recorded.computeIfAbsent(commit.getStream(), key -> new ArrayList<>())
                    .add(commit.getCommand().getCommandId());
            Folded<?> next =
                    folded.getOrDefault(commit.getStream(), Folded.initial(new ContactCodec()))
                            .after(commit.getEventsList());
            assertThat(next.version()).isEqualTo(commit.getVersion());
            folded.put(commit.getStream(), next);
        }
        assertThat(recorded).isEqualTo(sent);
        assertThat(world.pipeline.status().held()).isZero();
    }

    private static Map<String, List<String>> run(
            PipelineWorld world, RandomGenerator random, Misfortune misfortune) {
        Map<String, List<String>> sent = new HashMap<>();
        Map<String, String> last = new HashMap<>();
        for (int i = 0; i < COMMANDS; i++) {
            String contact = contactOf(id(i < CONTACTS ? i : random.nextInt(CONTACTS)));
            Message command = i < CONTACTS ? add("Ada") : change(contact, i, random);
            world.send(command, i, Optional.ofNullable(last.put(contact, id(i))));
            sent.computeIfAbsent("contact/" + contact, key -> new ArrayList<>()).add(id(i));
            misfortune.strike(24);
            if (random.nextInt(COMMANDS) == 0) {
                world.run(Duration.ofSeconds(3));
            }
        }
        return sent;
    }

    private static Message change(String contact, int number, RandomGenerator random) {
        return random.nextInt(40) == 0 ? delete(contact) : update(contact, "name " + number);
    }
}
