package io.waybill.writer.memory;

import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.writer.intake.CommandQueue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A queue in memory: keeps what is not acknowledged and delivers it again after a reconnect. */
public final class MemoryQueue implements CommandQueue {

    private final Map<Integer, InboundMessage> unacknowledged = new LinkedHashMap<>();
    private final List<OutboundMessage> published = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    private Optional<Listener> listener = Optional.empty();
    private boolean connected;
    private boolean deaf;
    private int connection;
    private int sent;
    private int acknowledged;

    @Override
    public void start(Listener to) {
        listener = Optional.of(to);
        connect(true);
    }

    @Override
    public CompletableFuture<PublishResult> publish(OutboundMessage message) {
        if (!connected) {
            return CompletableFuture.failedFuture(new IOException("not connected"));
        }
        published.add(message);
        log.add("published to " + message.topic());
        return deaf
                ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(new PublishResult(0, ""));
    }

    @Override
    public void close() {
        disconnect();
    }

    /** Puts a message in the queue and delivers it when connected. */
    public void send(InboundMessage message) {
        int number = ++sent;
        unacknowledged.put(number, message);
        if (connected) {
            deliver(number);
        }
    }

    public void connect(boolean sessionPresent) {
        connected = true;
        connection++;
        if (!sessionPresent) {
            unacknowledged.clear();
        }
        List.copyOf(unacknowledged.keySet()).forEach(this::deliver);
        listener.orElseThrow().connected(sessionPresent);
    }

    public void disconnect() {
        if (connected) {
            connected = false;
            listener.orElseThrow().disconnected("cut");
        }
    }

    /** Never answers what is published from now on. */
    public void deaf(boolean isDeaf) {
        deaf = isDeaf;
    }

    public List<OutboundMessage> published() {
        return published;
    }

    /** What was published and acknowledged, in order. */
    public List<String> log() {
        return log;
    }

    public int acknowledged() {
        return acknowledged;
    }

    public int unacknowledged() {
        return unacknowledged.size();
    }

    private void deliver(int number) {
        int broughtBy = connection;
        InboundMessage message = unacknowledged.get(number);
        if (message == null) {
            return;
        }
        Runnable acknowledgement =
                () -> {
                    if (connected
                            && broughtBy == connection
                            && unacknowledged.remove(number) != null) {
                        acknowledged++;
                        log.add("acknowledged " + message.topic());
                    }
                };
        listener.orElseThrow()
                .delivered(
                        new InboundMessage(
                                message.topic(),
                                message.payload(),
                                message.contentType(),
                                message.responseTopic(),
                                message.correlationData(),
                                message.userProperties(),
                                acknowledgement));
    }
}
