package io.waybill.writer;

import static io.waybill.writer.memory.Commands.add;
import static io.waybill.writer.memory.Commands.contactOf;
import static io.waybill.writer.memory.Commands.delete;
import static io.waybill.writer.memory.Commands.id;
import static io.waybill.writer.memory.Commands.identity;
import static io.waybill.writer.memory.Commands.update;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.wire.mqtt.Topics;
import io.waybill.writer.memory.MemoryLog.Failure;
import io.waybill.writer.poison.NotedCommands;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What holds when something fails: the log, the queue, the writer, or a command itself. */
class PipelineFailureTest {

    private static final Duration NONE = Duration.ZERO;
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final PipelineWorld world = PipelineWorld.started(NONE);

    @Test
    void a_store_that_is_away_is_waited_for_and_counts_against_nobody() {
        world.log.down(true);
        for (int i = 0; i < 50; i++) {
            world.send(add("Ada"), i);
            world.send(delete(id(1_000 + i)), 100 + i);
        }
        world.run(Duration.ofMinutes(5));
        assertThat(world.log.commits()).isEmpty();
        assertThat(world.pipeline.status().storeReachable()).isFalse();
        assertThat(world.pipeline.status().held()).isEqualTo(100);

        world.log.down(false);
        world.run(Duration.ofSeconds(5));
        assertThat(world.outcomes()).hasSize(100).containsOnly("APPLIED", "REJECTED(NOT_FOUND)");
        assertThat(world.queue.unacknowledged()).isZero();
        assertThat(world.pipeline.status().storeReachable()).isTrue();
    }

    @Test
    void an_append_whose_answer_was_lost_is_repeated_without_a_second_effect() {
        String contact = world.addContact(0);
        AtomicInteger calls = new AtomicInteger();
        world.log.failures(() -> calls.incrementAndGet() % 2 == 1 ? Failure.AFTER : Failure.NONE);
        for (int i = 1; i <= 20; i++) {
            world.send(update(contact, "name " + i), i);
        }
        world.run(LONG);

        assertThat(world.log.version("contact/" + contact)).isEqualTo(21);
        assertThat(world.outcomes()).hasSize(21).containsOnly("APPLIED");
        assertThat(world.queue.unacknowledged()).isZero();
        assertThat(world.log.readCalls()).isZero();
    }

    @Test
    void a_stream_that_has_moved_is_read_on_and_decided_again() {
        String contact = world.addContact(1);
        deleteBehindTheWritersBack(world, contact);
        world.send(update(contact, "x"), 2);
        world.send(update(contact, "y"), 3);
        world.run(SOON);

        assertThat(world.outcomes())
                .containsExactly(
                        "APPLIED", "APPLIED", "REJECTED(NOT_FOUND)", "REJECTED(NOT_FOUND)");
        assertThat(world.log.commits().getLast().getVersion()).isEqualTo(2);
    }

    @Test
    void a_command_whose_aggregate_cannot_be_folded_is_dead_lettered_within_a_second() {
        String contact = contactOf(id(7));
        world.log.write(
                List.of(
                        ProposedCommit.newBuilder()
                                .setStream("contact/" + contact)
                                .setCommand(identity(id(7)))
                                .addEvents(RecordedEvent.newBuilder().setType("waybill.Unknown"))
                                .build()));
        world.send(update(contact, "x"), 8);
        world.send(update(contact, "y"), 9);
        world.send(add("Ada"), 10);
        world.run(Duration.ofSeconds(1));

        assertThat(world.outcomes().subList(1, 4))
                .containsExactlyInAnyOrder(
                        "APPLIED", "DEAD_LETTERED(POISON)", "DEAD_LETTERED(POISON)");
        Commit dead = world.commitOf(8);
        assertThat(dead.getStream()).isEqualTo("command/" + id(8));
        assertThat(dead.getDeadLetter().getReason()).contains("'waybill.Unknown'");
        assertThat(dead.getDeadLetter().getPayload().toByteArray())
                .isEqualTo(update(contact, "x").toByteArray());
        assertThat(world.queue.unacknowledged()).isZero();
    }

    @Test
    void nothing_is_written_that_was_decided_on_what_was_not() {
        PipelineWorld slow = PipelineWorld.started(Duration.ofSeconds(1));
        String contact = slow.addContact(1);
        deleteBehindTheWritersBack(slow, contact);
        for (int i = 2; i <= 5; i++) {
            slow.sendJson("CONTACT/UPDATE", "{\"id\":\"" + contact + "\",\"name\":\"x\"}", i);
        }
        slow.run(Duration.ofSeconds(2));

        assertThat(slow.outcomes().subList(2, 6)).containsOnly("REJECTED(NOT_FOUND)");
        assertThat(slow.log.commits().stream().map(c -> c.getCommand().getCommandId()))
                .containsExactly(id(1), id(999), id(2), id(3), id(4), id(5));
        assertThat(slow.log.version("contact/" + contact)).isEqualTo(2);
    }

    @Test
    void a_predecessor_of_its_own_lets_nothing_be_written_on_what_was_not() {
        PipelineWorld slow = PipelineWorld.started(Duration.ofSeconds(1));
        String contact = slow.addContact(1);
        deleteBehindTheWritersBack(slow, contact);
        slow.sendJson("CONTACT/UPDATE", "{\"id\":\"" + contact + "\",\"name\":\"x\"}", 2);
        slow.send(update(contact, "y"), 3, Optional.of(id(1)));
        slow.run(Duration.ofSeconds(2));

        assertThat(slow.outcomes().subList(2, 4)).containsOnly("REJECTED(NOT_FOUND)");
        assertThat(slow.log.version("contact/" + contact)).isEqualTo(2);
    }

    @Test
    void what_follows_one_that_is_dropped_is_decided_without_it() {
        PipelineWorld slow = PipelineWorld.started(Duration.ofSeconds(1));
        String contact = slow.addContact(1);
        slow.send(update(contact, "dropped"), 3, Optional.of(id(2)));
        slow.sendJson("CONTACT/UPDATE", "{\"id\":\"" + contact + "\",\"name\":\"x\"}", 4);
        slow.run(Duration.ofSeconds(2));

        assertThat(slow.outcomes()).containsExactly("APPLIED", "APPLIED");
        assertThat(slow.answers().getLast().hasOutOfOrder()).isTrue();
        assertThat(slow.replies()).hasSize(1);
    }

    @Test
    void a_commit_that_cannot_be_stored_becomes_a_dead_letter_and_others_go_on() {
        PipelineWorld slow = PipelineWorld.started(Duration.ofSeconds(1));
        String contact = slow.addContact(1);
        slow.log.maxEventBytes(100);
        slow.send(update(contact, "n".repeat(200)), 2);
        slow.send(update(contact, "fits"), 3, Optional.of(id(2)));
        slow.run(Duration.ofSeconds(2));

        assertThat(slow.outcomes()).containsExactly("APPLIED", "DEAD_LETTERED(POISON)", "APPLIED");
        assertThat(slow.log.commits().get(1).getStream()).isEqualTo("contact/" + contact);
        assertThat(slow.log.commits().get(1).getDeadLetter().getReason()).contains("too large");
        assertThat(slow.queue.unacknowledged()).isZero();
    }

    @Test
    void a_log_that_takes_nothing_shows_in_the_status() {
        world.log.failures(() -> Failure.BEFORE);
        world.send(add("Ada"), 1);
        world.run(SOON);
        assertThat(world.pipeline.status().trouble().orElseThrow()).contains("away");
        assertThat(world.pipeline.status().storeReachable()).isTrue();

        world.log.failures(() -> Failure.NONE);
        world.run(Duration.ofSeconds(3));
        assertThat(world.pipeline.status().trouble()).isEmpty();
        assertThat(world.outcomes()).containsExactly("APPLIED");
    }

    @Test
    void a_command_that_kills_its_writer_is_dead_lettered_at_the_third_time(@TempDir Path folder) {
        Path file = folder.resolve("noted-commands");
        for (int i = 0; i < 3; i++) {
            NotedCommands.open(file).note("anonymous/" + id(1));
        }
        NotedCommands notes = NotedCommands.open(file);
        PipelineWorld guarded = PipelineWorld.started(NONE, notes);
        guarded.send(add("killer"), 1);
        guarded.send(add("Ada"), 2);
        guarded.run(SOON);

        assertThat(guarded.outcomes())
                .containsExactlyInAnyOrder("DEAD_LETTERED(POISON)", "APPLIED");
        Commit dead = guarded.log.commits().getFirst();
        assertThat(dead.getStream()).isEqualTo("command/" + id(1));
        assertThat(dead.getDeadLetter().getPayload().toByteArray())
                .isEqualTo(add("killer").toByteArray());

        guarded.send(add("killer"), 1);
        guarded.run(SOON);
        assertThat(guarded.log.commits()).hasSize(2);
        assertThat(guarded.answers()).hasSize(3);
        notes.close();
    }

    @Test
    void what_an_earlier_connection_brought_is_not_held_twice() {
        PipelineWorld slow = PipelineWorld.started(Duration.ofSeconds(3));
        for (int i = 0; i < 100; i++) {
            slow.send(add("Ada"), i);
        }
        for (int i = 0; i < 5; i++) {
            slow.run(Duration.ofMillis(100));
            slow.queue.disconnect();
            slow.run(Duration.ofMillis(100));
            slow.queue.connect(true);
            slow.run(Duration.ofMillis(1));
            assertThat(slow.pipeline.status().held()).isEqualTo(100);
        }
        slow.run(Duration.ofSeconds(4));
        assertThat(slow.log.commits()).hasSize(100);
        assertThat(slow.queue.unacknowledged()).isZero();
        assertThat(slow.pipeline.status().held()).isZero();
    }

    @Test
    void a_session_that_is_lost_keeps_what_the_writer_holds_and_is_told_to_all_gateways() {
        PipelineWorld slow = PipelineWorld.started(Duration.ofSeconds(3));
        slow.send(add("Ada"), 1);
        slow.run(SOON);
        slow.queue.disconnect();
        slow.queue.connect(false);
        slow.run(Duration.ofSeconds(4));

        assertThat(slow.outcomes()).containsExactly("APPLIED");
        assertThat(slow.queue.published())
                .filteredOn(message -> message.topic().equals(Topics.SESSION_LOST))
                .hasSize(1);
    }

    @Test
    void that_a_session_was_lost_is_told_until_the_broker_has_taken_it() {
        PipelineWorld fresh = new PipelineWorld(NONE);
        fresh.pipeline.start();
        fresh.queue.disconnect();
        fresh.queue.connect(false);
        fresh.queue.disconnect();
        fresh.run(Duration.ofSeconds(10));
        assertThat(fresh.queue.published()).isEmpty();

        fresh.queue.connect(true);
        fresh.run(SOON);
        assertThat(fresh.queue.published())
                .singleElement()
                .satisfies(
                        message -> {
                            assertThat(message.topic()).isEqualTo(Topics.SESSION_LOST);
                            assertThat(message.payload()).isEmpty();
                        });
    }

    @Test
    void an_answer_that_nobody_takes_holds_a_command_up_for_seconds_only() {
        world.queue.deaf(true);
        world.send(add("Ada"), 1);
        world.run(Duration.ofSeconds(4));
        assertThat(world.queue.acknowledged()).isZero();
        world.run(Duration.ofSeconds(2));
        assertThat(world.queue.acknowledged()).isEqualTo(1);
    }

    @Test
    void a_writer_that_is_killed_goes_on_where_it_was_with_one_effect_each() {
        String contact = world.addContact(0);
        for (int i = 1; i <= 300; i++) {
            world.send(update(contact, "name " + i), i);
            if (i % 30 == 0) {
                world.time.run(Duration.ofMillis(1));
                world.restartAfterCrash();
            }
        }
        world.run(Duration.ofSeconds(5));

        assertThat(world.log.version("contact/" + contact)).isEqualTo(301);
        assertThat(world.log.commits().stream().map(c -> c.getCommand().getCommandId()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, 300).mapToObj(i -> id(i)).toList());
        assertThat(world.queue.unacknowledged()).isZero();
    }

    @Test
    void closing_finishes_what_is_being_appended_and_leaves_the_rest() {
        world.send(add("Ada"), 1);
        world.run(Duration.ofNanos(1));
        world.time.step();
        CompletableFuture<Void> closed = world.pipeline.close();
        world.send(add("Bob"), 2);
        assertThat(world.time.runUntil(closed::isDone, Duration.ofSeconds(3))).isTrue();

        assertThat(world.log.commits().size() + world.queue.unacknowledged()).isEqualTo(2);
        assertThat(world.queue.acknowledged()).isEqualTo(world.log.commits().size());
    }

    @Test
    void closing_does_not_wait_for_a_store_that_is_away() {
        world.log.down(true);
        world.send(add("Ada"), 1);
        world.run(SOON);
        CompletableFuture<Void> closed = world.pipeline.close();

        assertThat(world.time.runUntil(closed::isDone, Duration.ofMillis(2_100))).isTrue();
        assertThat(world.queue.unacknowledged()).isEqualTo(1);
    }

    static <T> T parse(ByteString data, Parser<T> parser) {
        try {
            return parser.parseFrom(data);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static void deleteBehindTheWritersBack(PipelineWorld world, String contact) {
        world.log.write(
                List.of(
                        ProposedCommit.newBuilder()
                                .setStream("contact/" + contact)
                                .setExpectedVersion(1)
                                .setCommand(identity(id(999)))
                                .setOutcome(world.log.commits().getFirst().getOutcome())
                                .addEvents(
                                        RecordedEvent.newBuilder()
                                                .setType("waybill.contact.v1.ContactDeleted"))
                                .build()));
    }
}
