package io.waybill.writer;

import static io.waybill.writer.memory.Commands.contactOf;
import static io.waybill.writer.memory.Commands.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.writer.poison.CommandNotes;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * An MQTT client sends commands for a few contacts, good ones, bad ones and repeated ones, over a
 * queue and a log that fail at random to a writer that dies at random. No gateway names
 * predecessors or sends again: whatever happens, each command has one outcome, in the order sent
 * for its contact, and the client hears of every one.
 */
class ClientSimulationTest {

    private static final int CONTACTS = 3;
    private static final int COMMANDS = 100;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 80);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_command_ends_once_in_order_and_is_answered(long seed) {
        RandomGenerator random = new java.util.Random(seed);
        Duration delay = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(300);
        PipelineWorld world = new PipelineWorld(seed, delay, CommandNotes.none());
        Misfortune misfortune = new Misfortune(world, random);
        misfortune.begin();
        world.pipeline.start();

        Map<String, List<String>> sent = send(world, random, misfortune);
        misfortune.end();

        assertThat(world.queue.unacknowledged()).isZero();
        Map<String, List<String>> recorded = new HashMap<>();
        Map<String, String> outcomes = new HashMap<>();
        for (Commit commit : world.log.commits()) {
            String command = commit.getCommand().getCommandId();
            recorded.computeIfAbsent(commit.getStream(), key -> new ArrayList<>()).add(command);
            outcomes.put(command, PipelineWorld.outcome(commit));
        }
        assertThat(recorded).isEqualTo(sent);
        outcomes.forEach(
                (command, outcome) ->
                        assertThat(world.replies())
                                .as("%s, which is %s", command, outcome)
                                .anyMatch(
                                        reply ->
                                                reply.contains("\"" + command + "\"")
                                                        && reply.contains(kind(outcome))));
        assertThat(world.pipeline.status().held()).isZero();
    }

    private static String kind(String outcome) {
        int code = outcome.indexOf('(');
        return "\"outcome\":\"" + (code < 0 ? outcome : outcome.substring(0, code)) + "\"";
    }

    private static Map<String, List<String>> send(
            PipelineWorld world, RandomGenerator random, Misfortune misfortune) {
        Map<String, List<String>> sent = new HashMap<>();
        for (int i = 0; i < COMMANDS; i++) {
            String stream = sendOne(world, random, i);
            sent.computeIfAbsent(stream, key -> new ArrayList<>()).add(id(i));
            misfortune.strike(20);
        }
        return sent;
    }

    /** Sends a command, some at once a second time; the stream that it belongs in. */
    private static String sendOne(PipelineWorld world, RandomGenerator random, int number) {
        String contact = contactOf(id(number < CONTACTS ? number : random.nextInt(CONTACTS)));
        String stream = "contact/" + contact;
        String topic = "CONTACT/UPDATE";
        String json = "{\"id\":\"" + contact + "\",\"name\":\"name " + number + "\"}";
        if (number < CONTACTS) {
            topic = "CONTACT/ADD";
            json = "{\"name\":\"Ada\"}";
        } else {
            switch (random.nextInt(12)) {
                case 0 -> json = "{\"id\":\"" + contact + "\",\"name\":\"\"}";
                case 1 -> {
                    json = "{garbage";
                    stream = "command/" + id(number);
                }
                case 2 -> {
                    topic = "CONTACT/DELETE";
                    json = "{\"id\":\"" + contact + "\"}";
                }
                default -> {}
            }
        }
        world.sendJson(topic, json, number);
        if (random.nextInt(8) == 0) {
            world.sendJson(topic, json, number);
        }
        return stream;
    }
}
