package io.waybill.app.simulation;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.gateway.outbox.Outbox;
import io.waybill.gateway.outbox.OutboxListener;
import io.waybill.gateway.outbox.OutboxSettings;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.proto.queue.v1.AnswerBatch;
import io.waybill.proto.queue.v1.Door;
import io.waybill.proto.queue.v1.RecordedOutcome;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.mqtt.SessionListener;
import io.waybill.wire.mqtt.Stamp;
import io.waybill.wire.mqtt.Topics;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The real outbox as a process that can die at any moment, with a disk that outlives it. */
final class SimulatedGateway {

    private final String id;
    private final VirtualTime time;
    private final SimulatedBroker broker;
    private final SimulatedLog log;
    private final Duration delay;
    private final Ledger ledger;
    private final SimulatedDisk disk;
    private @Nullable VirtualEventLoop loop;
    private @Nullable Outbox outbox;
    private SimulatedBroker.@Nullable Link link;

    SimulatedGateway(
            String id,
            VirtualTime time,
            SimulatedBroker broker,
            SimulatedLog log,
            Duration delay,
            Ledger ledger) {
        this.id = id;
        this.time = time;
        this.broker = broker;
        this.log = log;
        this.delay = delay;
        this.ledger = ledger;
        this.disk = new SimulatedDisk(time);
        start();
    }

    void suffer(Faults faults) {
        disk.suffer(faults);
    }

    String clientId() {
        return "waybill-gateway-" + id;
    }

    /** Submits a command; never completes when the gateway dies before it answers. */
    CompletableFuture<Void> submit(OutboxEntry entry) {
        Outbox running = outbox;
        return running == null
                ? CompletableFuture.failedFuture(new IllegalStateException("the gateway is down"))
                : running.submit(entry);
    }

    /** Whether nothing is left to do, in memory or on disk. */
    boolean drained() {
        return outbox != null && outbox.size() == 0 && disk.size() == 0;
    }

    String state() {
        return "%s: %d on disk, %s"
                .formatted(id, disk.size(), outbox == null ? "down" : outbox.health());
    }

    /** Dies at once, and comes back a while later. */
    void crash() {
        VirtualEventLoop dying = loop;
        if (dying == null) {
            return;
        }
        loop = null;
        outbox = null;
        Objects.requireNonNull(link).close();
        dying.kill();
        time.loop("init")
                .schedule(Duration.ofMillis(10 + time.random().nextInt(4_000)), this::start);
    }

    private void start() {
        VirtualEventLoop started = time.loop(id);
        loop = started;
        Outbox created =
                new Outbox(
                        OutboxSettings.usual(delay),
                        started,
                        disk.mount(started),
                        this::publish,
                        log::store,
                        time.random());
        created.listen(new Announcements(ledger));
        var _ = created.start().thenRun(() -> outbox = created);
        link =
                broker.link(
                        started,
                        clientId(),
                        List.of("GATEWAY/" + id + "/#", "GATEWAY/ALL/#"),
                        new Receiver(created));
    }

    private CompletableFuture<PublishResult> publish(
            OutboxEntry entry, long sending, Optional<CommandIdentity> predecessor) {
        Stamp stamp =
                new Stamp(
                        entry.getCommand().getPrincipal(),
                        entry.getCommand().getCommandId(),
                        Door.DOOR_GRAPHQL,
                        Instant.ofEpochSecond(
                                entry.getMetadata().getAcceptedAt().getSeconds(),
                                entry.getMetadata().getAcceptedAt().getNanos()),
                        Optional.of(new Stamp.Sending(id, sending, predecessor)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return Objects.requireNonNull(link)
                .publish(
                        new OutboundMessage(
                                entry.getMetadata().getTopic(),
                                entry.getPayload().toByteArray(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(stamp.toBytes()),
                                List.of()));
    }

    private record Announcements(Ledger ledger) implements OutboxListener {

        @Override
        public void accepted(OutboxEntry entry) {}

        @Override
        public void decided(OutboxEntry entry, RecordedOutcome outcome) {
            ledger.announced(entry.getCommand(), outcome.getOutcome());
        }

        @Override
        public void released(CommandIdentity command) {}
    }

    private record Receiver(Outbox outbox) implements SessionListener {

        @Override
        public void connected(boolean sessionPresent) {
            outbox.connected(sessionPresent);
        }

        @Override
        public void disconnected(String reason) {
            outbox.disconnected();
        }

        @Override
        public void received(InboundMessage message) {
            if (message.topic().equals(Topics.SESSION_LOST)) {
                outbox.writerSessionLost();
                message.acknowledgement().run();
                return;
            }
            try {
                outbox.answered(
                        AnswerBatch.parseFrom(message.payload()), message.acknowledgement());
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError("the writer answers in its own form", e);
            }
        }
    }
}
