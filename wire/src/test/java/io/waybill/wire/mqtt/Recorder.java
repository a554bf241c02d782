package io.waybill.wire.mqtt;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what a session says, and finds calls that overlap. */
final class Recorder implements SessionListener {

    final Queue<InboundMessage> messages = new ConcurrentLinkedQueue<>();
    final List<Boolean> connects = new CopyOnWriteArrayList<>();
    final List<String> disconnects = new CopyOnWriteArrayList<>();
    final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public void connected(boolean sessionPresent) {
        alone(() -> connects.add(sessionPresent));
    }

    @Override
    public void disconnected(String reason) {
        alone(() -> disconnects.add(reason));
    }

    @Override
    public void received(InboundMessage message) {
        alone(() -> messages.add(message));
    }

    List<String> payloads() {
        return messages.stream()
                .map(
                        message ->
                                new String(
                                        message.payload(), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    private void alone(Runnable call) {
        if (inside.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
        }
        call.run();
        inside.decrementAndGet();
    }
}
