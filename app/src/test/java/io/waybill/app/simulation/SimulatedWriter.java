package io.waybill.app.simulation;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.proto.catalogue.v1.Sender;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.mqtt.SessionListener;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.PipelineSettings;
import io.waybill.writer.WriterPipeline;
import io.waybill.writer.intake.CommandQueue;
import io.waybill.writer.poison.CommandNotes;
import io.waybill.writer.store.StoreMemory;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** The real writer pipeline as a process that can die at any moment. */
final class SimulatedWriter {

    static final String CLIENT_ID = "waybill-writer-0";

    private final VirtualTime time;
    private final SimulatedBroker broker;
    private final SimulatedLog log;
    private final PipelineSettings settings;
    private final StoreMemory memory = StoreMemory.untilTheEnd();
    private @Nullable VirtualEventLoop loop;
    private SimulatedBroker.@Nullable Link link;

    SimulatedWriter(
            VirtualTime time, SimulatedBroker broker, SimulatedLog log, PipelineSettings settings) {
        this.time = time;
        this.broker = broker;
        this.log = log;
        this.settings = settings;
        start();
    }

    /** Dies at once, and comes back a while later. */
    void crash() {
        VirtualEventLoop dying = loop;
        if (dying == null) {
            return;
        }
        loop = null;
        Objects.requireNonNull(link).close();
        dying.kill();
        time.loop("init")
                .schedule(Duration.ofMillis(10 + time.random().nextInt(4_000)), this::start);
    }

    /** Its time of day is set, by up to half a minute. */
    void stepClock() {
        if (loop != null) {
            loop.stepClock(Duration.ofMillis(time.random().nextInt(60_000) - 30_000));
        }
    }

    private void start() {
        VirtualEventLoop started = time.loop("writer");
        loop = started;
        new WriterPipeline(
                        started,
                        new LinkedQueue(started),
                        log,
                        log,
                        CommandNotes.none(),
                        memory,
                        settings,
                        time.random())
                .start();
    }

    private final class LinkedQueue implements CommandQueue {

        private final VirtualEventLoop owner;

        private LinkedQueue(VirtualEventLoop owner) {
            this.owner = owner;
        }

        @Override
        public void start(Listener listener) {
            List<String> topics =
                    CommandCatalogue.standard().types().stream()
                            .filter(type -> type.sender() == Sender.SENDER_CLIENT)
                            .map(CommandType::topic)
                            .toList();
            link =
                    broker.link(
                            owner,
                            CLIENT_ID,
                            topics,
                            new SessionListener() {
                                @Override
                                public void connected(boolean sessionPresent) {
                                    listener.connected(sessionPresent);
                                }

                                @Override
                                public void disconnected(String reason) {
                                    listener.disconnected(reason);
                                }

                                @Override
                                public void received(InboundMessage message) {
                                    listener.delivered(message);
                                }
                            });
        }

        @Override
        public CompletableFuture<PublishResult> publish(OutboundMessage message) {
            return Objects.requireNonNull(link).publish(message);
        }

        @Override
        public void close() {
            Objects.requireNonNull(link).close();
        }
    }
}
