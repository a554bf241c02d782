package io.waybill.writer.relay;

import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.mqtt.UserProperty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A broker in memory, which answers when it is told to, or at once. */
final class MemoryEvents implements EventQueue {

    private record Sent(OutboundMessage message, CompletableFuture<PublishResult> answer) {}

    /** All that arrived, repeats too. */
    final List<OutboundMessage> arrived = new ArrayList<>();

    private final Queue<Sent> unanswered = new ArrayDeque<>();
    private Runnable connected = () -> {};
    private boolean up = true;
    private boolean slow;
    private boolean refuses;
    private int mostUnanswered;

    @Override
    public void start(Runnable onConnected) {
        connected = onConnected;
        onConnected.run();
    }

    @Override
    public CompletableFuture<PublishResult> publish(OutboundMessage message) {
        if (!up) {
            return CompletableFuture.failedFuture(new IOException("not connected"));
        }
        if (refuses) {
            return CompletableFuture.completedFuture(new PublishResult(0x97, "no room"));
        }
        arrived.add(message);
        if (!slow || message.retained()) {
            return CompletableFuture.completedFuture(new PublishResult(0, ""));
        }
        Sent sent = new Sent(message, new CompletableFuture<>());
        unanswered.add(sent);
        mostUnanswered = Math.max(mostUnanswered, unanswered.size());
        return sent.answer();
    }

    /** Answers nothing by itself from now on. */
    void slow() {
        slow = true;
    }

    void refuses(boolean all) {
        refuses = all;
    }

    /** Answers the first that wait for it. */
    void answer(int messages) {
        for (int i = 0; i < messages && !unanswered.isEmpty(); i++) {
            unanswered.remove().answer().complete(new PublishResult(0, ""));
        }
    }

    int mostUnanswered() {
        return mostUnanswered;
    }

    /** Loses the connection, and with it every answer. */
    void cut() {
        up = false;
        List<Sent> lost = List.copyOf(unanswered);
        unanswered.clear();
        lost.forEach(sent -> sent.answer().completeExceptionally(new IOException("cut")));
    }

    void connect() {
        up = true;
        slow = false;
        connected.run();
    }

    /** The events that arrived, without what is retained. */
    List<OutboundMessage> events() {
        return arrived.stream().filter(message -> !message.retained()).toList();
    }

    /** What is retained on a topic now; empty when nothing. */
    String retained(String topic) {
        return arrived.stream()
                .filter(message -> message.retained() && message.topic().equals(topic))
                .reduce((before, after) -> after)
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .orElse("");
    }

    static String attribute(OutboundMessage message, String name) {
        return message.userProperties().stream()
                .filter(property -> property.name().equals(name))
                .map(UserProperty::value)
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        up = false;
    }
}
