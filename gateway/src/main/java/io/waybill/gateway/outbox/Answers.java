package io.waybill.gateway.outbox;

import io.waybill.gateway.outbox.Entry.State;
import io.waybill.proto.queue.v1.Answer;
import io.waybill.proto.queue.v1.AnswerBatch;
import io.waybill.proto.queue.v1.RecordedOutcome;
import io.waybill.wire.time.EventLoop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** What the writer's answers do: clear commands, or have them sent again. Belongs to the loop. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    /** Two commands sent one after the other may be decided in the other order within this. */
    private static final Duration OVERTAKING = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final Entries entries;
    private final Acceptance acceptance;
    private final Dispatch dispatch;
    private final StoreBinding binding;
    private final OutboxListener listener;
    private final long overtaken;

    Answers(
            OutboxSettings settings,
            EventLoop loop,
            Entries entries,
            Acceptance acceptance,
            Dispatch dispatch,
            StoreBinding binding,
            OutboxListener listener) {
        this.loop = loop;
        this.entries = entries;
        this.acceptance = acceptance;
        this.dispatch = dispatch;
        this.binding = binding;
        this.listener = listener;
        this.overtaken = settings.delay().plus(OVERTAKING).toNanos();
    }

    void take(AnswerBatch batch) {
        if (!binding.covers(batch.getStoreId(), batch.getIncarnation())) {
            return;
        }
        for (Answer answer : batch.getAnswersList()) {
            Entry entry = entries.get(answer.getCommand());
            if (entry == null) {
                continue;
            }
            switch (answer.getResultCase()) {
                case RECORDED -> recorded(entry, answer.getSending(), answer.getRecorded());
                case OUT_OF_ORDER -> dispatch.resendChain(entry, answer.getSending());
                case RESULT_NOT_SET -> LOG.warn("an answer says nothing; it is of a newer writer");
            }
        }
    }

    private void recorded(Entry entry, long sending, RecordedOutcome outcome) {
        boolean lost = entry.probes > 0 && sending > entry.regularSending;
        boolean own = outcome.getFingerprint().equals(entry.content.getFingerprint());
        boolean unaccepted = entry.state == State.STORING;
        Entry follower = entry.after;
        acceptance.decided(entry);
        dispatch.decided(entry, follower);
        if (own) {
            if (unaccepted) {
                entry.accepted.complete(null);
            }
            listener.decided(entry.content, outcome);
        } else {
            LOG.warn(
                    "command {} was recorded before with another content, which stays",
                    entry.identity().getCommandId());
            if (unaccepted) {
                entry.accepted.completeExceptionally(Refusals.keyReused());
            }
            listener.released(entry.identity());
        }
        if (lost) {
            long now = loop.nanoTime();
            LOG.info("a probe was answered: what was sent beside its command is sent again");
            dispatch.resend(sentAt -> now - sentAt >= overtaken, sending);
        }
    }
}
