package io.waybill.writer.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.queue.v1.Answer;
import io.waybill.proto.queue.v1.AnswerBatch;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.intake.CommandQueue;
import io.waybill.writer.memory.MemoryQueue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class GatewayAnswersTest {

    private static final StoreInfo BEFORE = incarnation("before");
    private static final StoreInfo AFTER = incarnation("after");

    private final VirtualTime time = new VirtualTime(1, Instant.parse("2026-01-01T09:00:00Z"));
    private final VirtualEventLoop loop = time.loop("writer");
    private final MemoryQueue queue = new MemoryQueue();
    private final GatewayAnswers answers = new GatewayAnswers(loop, new Post(loop, queue));
    private int done;

    @Test
    void answers_from_before_and_after_a_restore_never_share_a_message() throws Exception {
        queue.start(new Nobody());
        List<StoreInfo> found = List.of(BEFORE, BEFORE, AFTER, BEFORE);
        for (int i = 0; i < found.size(); i++) {
            answers.add("g", Answer.newBuilder().setSending(i).build(), found.get(i), () -> done++);
        }
        time.run(Duration.ofSeconds(1));

        List<String> messages = new ArrayList<>();
        for (var message : queue.published()) {
            AnswerBatch batch = AnswerBatch.parseFrom(message.payload());
            assertThat(batch.getStoreId()).isEqualTo("s");
            messages.add(
                    batch.getIncarnation()
                            + batch.getAnswersList().stream().map(Answer::getSending).toList());
        }
        assertThat(messages).containsExactly("before[0, 1]", "after[2]", "before[3]");
        assertThat(done).isEqualTo(4);
        assertThat(answers.idle()).isTrue();
    }

    private static StoreInfo incarnation(String name) {
        return StoreInfo.newBuilder().setStoreId("s").setPartitions(1).setIncarnation(name).build();
    }

    private static final class Nobody implements CommandQueue.Listener {
        @Override
        public void connected(boolean sessionPresent) {}

        @Override
        public void disconnected(String reason) {}

        @Override
        public void delivered(InboundMessage message) {}
    }
}
