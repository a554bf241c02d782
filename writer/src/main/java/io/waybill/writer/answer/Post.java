package io.waybill.writer.answer;

import io.waybill.wire.failure.Reason;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.intake.CommandQueue;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Publishes answers, a bounded number at a time; those behind wait their turn. Gives up on one
 * after five seconds. As many wait as commands are held at most. Used on the pipeline's event loop.
 */
final class Post {

    private static final Logger LOG = LoggerFactory.getLogger(Post.class);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(5);
    private static final int IN_FLIGHT = 256;

    private record Letter(OutboundMessage message, Runnable done) {}

    private final EventLoop loop;
    private final CommandQueue queue;
    private final Deque<Letter> waiting = new ArrayDeque<>();
    private int inFlight;

    Post(EventLoop loop, CommandQueue queue) {
        this.loop = loop;
        this.queue = queue;
    }

    /**
     * Publishes a message.
     *
     * @param done runs once, whether the broker took the message or not
     */
    void send(OutboundMessage message, Runnable done) {
        waiting.addLast(new Letter(message, done));
        sendNext();
    }

    boolean idle() {
        return inFlight == 0 && waiting.isEmpty();
    }

    private void sendNext() {
        while (inFlight < IN_FLIGHT && !waiting.isEmpty()) {
            inFlight++;
            new Sending(waiting.removeFirst()).begin();
        }
    }

    private final class Sending {

        private final Letter letter;
        private EventLoop.@Nullable Timer timer;
        private boolean over;

        Sending(Letter letter) {
            this.letter = letter;
        }

        void begin() {
            timer = loop.schedule(GIVE_UP_AFTER, () -> end("no answer from the broker"));
            var _ =
                    queue.publish(letter.message())
                            .whenComplete(
                                    (result, failure) ->
                                            loop.execute(() -> end(problem(result, failure))));
        }

        private void end(@Nullable String problem) {
            if (over) {
                return;
            }
            over = true;
            if (timer != null) {
                timer.cancel();
            }
            if (problem != null) {
                LOG.debug("an answer on {} was not taken: {}", letter.message().topic(), problem);
            }
            inFlight--;
            letter.done().run();
            sendNext();
        }
    }

    private static @Nullable String problem(
            @Nullable PublishResult result, @Nullable Throwable failure) {
        if (result == null) {
            return failure == null ? "no answer" : Reason.of(failure);
        }
        return result.refused() ? "refused, " + result.reason() : null;
    }
}
