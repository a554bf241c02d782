package io.waybill.writer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.queue.v1.Answer;
import io.waybill.proto.queue.v1.AnswerBatch;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.Topics;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.memory.Commands;
import io.waybill.writer.memory.MemoryLog;
import io.waybill.writer.memory.MemoryQueue;
import io.waybill.writer.poison.CommandNotes;
import io.waybill.writer.store.StoreMemory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pipeline in virtual time, with a queue and a log in memory. */
final class PipelineWorld {

    static final Instant START = Instant.parse("2026-01-01T09:00:00Z");

    final VirtualTime time;
    final MemoryQueue queue = new MemoryQueue();
    final MemoryLog log;
    final StoreMemory memory = StoreMemory.untilTheEnd();
    final PipelineSettings settings;
    VirtualEventLoop loop;
    WriterPipeline pipeline;

    PipelineWorld(Duration delay) {
        this(1, delay, CommandNotes.none());
    }

    PipelineWorld(long seed, Duration delay, CommandNotes notes) {
        this(seed, PipelineSettings.withDelay(delay), notes);
    }

    PipelineWorld(long seed, PipelineSettings settings, CommandNotes notes) {
        this.settings = settings;
        time = new VirtualTime(seed, START);
        log = new MemoryLog(time.loop("log"));
        loop = time.loop("writer");
        pipeline = pipeline(notes);
    }

    static PipelineWorld started(Duration delay) {
        return started(delay, CommandNotes.none());
    }

    static PipelineWorld started(Duration delay, CommandNotes notes) {
        PipelineWorld world = new PipelineWorld(1, delay, notes);
        world.pipeline.start();
        world.time.run(Duration.ofMillis(10));
        return world;
    }

    /** The writer's process dies, and another one starts. */
    void restartAfterCrash() {
        loop.kill();
        queue.disconnect();
        loop = time.loop("writer");
        pipeline = pipeline(CommandNotes.none());
        pipeline.start();
    }

    private WriterPipeline pipeline(CommandNotes notes) {
        return new WriterPipeline(loop, queue, log, log, notes, memory, settings, time.random());
    }

    /** A gateway sends a command that it accepts now. */
    void send(Message command, int number) {
        send(command, number, Optional.empty());
    }

    void send(Message command, int number, Optional<String> predecessor) {
        queue.send(
                Commands.fromGateway(
                        command, Commands.id(number), time.now(), number, predecessor));
    }

    /** An MQTT client sends a command that names a response topic. */
    void sendJson(String topic, String json, int number) {
        queue.send(
                Commands.fromClient(
                        topic, json, Commands.id(number), time.now(), Optional.of("my/reply")));
    }

    void run(Duration aWhile) {
        time.run(aWhile);
    }

    /** Adds a contact and waits until that is done. */
    String addContact(int number) {
        send(Commands.add("Ada"), number);
        time.run(settings.delay().plusMillis(50));
        return Commands.contactOf(Commands.id(number));
    }

    Commit commitOf(int number) {
        return log.commits().stream()
                .filter(commit -> commit.getCommand().getCommandId().equals(Commands.id(number)))
                .findFirst()
                .orElseThrow();
    }

    List<String> outcomes() {
        return log.commits().stream().map(PipelineWorld::outcome).toList();
    }

    static String outcome(Commit commit) {
        OutcomeKind kind = commit.getOutcome().getKind();
        String code = commit.getOutcome().getCode();
        return kind.name().substring("OUTCOME_KIND_".length())
                + (code.isEmpty() ? "" : "(" + code + ")");
    }

    /** What the gateway was answered, in order. */
    List<Answer> answers() {
        return batches().stream().flatMap(batch -> batch.getAnswersList().stream()).toList();
    }

    /** The messages that the gateway was answered with, in order. */
    List<AnswerBatch> batches() {
        List<AnswerBatch> batches = new ArrayList<>();
        for (OutboundMessage message : queue.published()) {
            if (message.topic().equals(Topics.answers(Commands.GATEWAY))) {
                try {
                    batches.add(AnswerBatch.parseFrom(message.payload()));
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return batches;
    }

    /** What the MQTT client was answered, in order. */
    List<String> replies() {
        return queue.published().stream()
                .filter(message -> message.topic().equals("my/reply"))
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .toList();
    }
}
