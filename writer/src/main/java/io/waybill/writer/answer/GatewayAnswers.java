package io.waybill.writer.answer;

import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.queue.v1.Answer;
import io.waybill.proto.queue.v1.AnswerBatch;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.Topics;
import io.waybill.wire.time.EventLoop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers to gateways, in batches: what gathers while a few messages to a gateway are on their way
 * goes with the next. Each names the store and the incarnation that the answer was found in, which
 * need not be the store's when it is sent. Used on the pipeline's event loop.
 */
final class GatewayAnswers {

    private static final int IN_FLIGHT = 4;
    private static final int MAX_ANSWERS = 500;
    private static final int MAX_BYTES = 64 * 1024;

    private record Waiting(Answer answer, StoreInfo store, Runnable done) {}

    private static final class Gateway {
        final Deque<Waiting> waiting = new ArrayDeque<>();
        boolean flushing;
        int inFlight;
    }

    private final EventLoop loop;
    private final Post post;
    private final Map<String, Gateway> gateways = new HashMap<>();

    GatewayAnswers(EventLoop loop, Post post) {
        this.loop = loop;
        this.post = post;
    }

    /**
     * Answers a gateway, soon.
     *
     * @param store where the answer was found
     * @param done runs once, whether the answer could be sent or not
     */
    void add(String gatewayId, Answer answer, StoreInfo store, Runnable done) {
        Gateway gateway = gateways.computeIfAbsent(gatewayId, key -> new Gateway());
        gateway.waiting.addLast(new Waiting(answer, store, done));
        if (!gateway.flushing) {
            gateway.flushing = true;
            loop.execute(() -> flush(gatewayId, gateway));
        }
    }

    boolean idle() {
        return gateways.isEmpty();
    }

    private void flush(String gatewayId, Gateway gateway) {
        gateway.flushing = false;
        while (gateway.inFlight < IN_FLIGHT && !gateway.waiting.isEmpty()) {
            send(gatewayId, gateway);
        }
        if (gateway.inFlight == 0 && gateway.waiting.isEmpty()) {
            gateways.remove(gatewayId);
        }
    }

    private void send(String gatewayId, Gateway gateway) {
        StoreInfo store = gateway.waiting.getFirst().store();
        AnswerBatch.Builder batch =
                AnswerBatch.newBuilder()
                        .setStoreId(store.getStoreId())
                        .setIncarnation(store.getIncarnation());
        List<Runnable> done = new ArrayList<>();
        int bytes = 0;
        while (!gateway.waiting.isEmpty()
                && gateway.waiting.getFirst().store().equals(store)
                && done.size() < MAX_ANSWERS
                && bytes < MAX_BYTES) {
            Waiting next = gateway.waiting.removeFirst();
            bytes += next.answer().getSerializedSize();
            batch.addAnswers(next.answer());
            done.add(next.done());
        }
        gateway.inFlight++;
        post.send(
                OutboundMessage.of(Topics.answers(gatewayId), batch.build().toByteArray()),
                () -> {
                    gateway.inFlight--;
                    done.forEach(Runnable::run);
                    flush(gatewayId, gateway);
                });
    }
}
