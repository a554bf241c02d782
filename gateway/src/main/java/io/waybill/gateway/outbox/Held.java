package io.waybill.gateway.outbox;

import io.waybill.gateway.outbox.Entry.State;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.time.Backoff;
import io.waybill.wire.time.EventLoop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Commands that the broker refused, and those behind them on their streams: sent again after a
 * backoff, while others go on. Belongs to the loop.
 */
final class Held {

    private static final Logger LOG = LoggerFactory.getLogger(Held.class);

    private final Backoff backoff;
    private final EventLoop loop;
    private final Inbox inbox;
    private final RandomGenerator random;
    private final Consumer<Entry> sendAgain;
    private List<Entry> entries = new ArrayList<>();
    private long lastRefused;
    private int rounds;
    private boolean timing;
    private volatile String reason = "";

    Held(
            Backoff backoff,
            EventLoop loop,
            Inbox inbox,
            RandomGenerator random,
            Consumer<Entry> sendAgain) {
        this.backoff = backoff;
        this.loop = loop;
        this.inbox = inbox;
        this.random = random;
        this.sendAgain = sendAgain;
    }

    /** Why; empty when nothing is held. Safe for use by many threads. */
    String reason() {
        return reason;
    }

    void refuse(Entry entry, PublishResult result) {
        reason =
                "the broker refuses commands with 0x%02x %s"
                        .formatted(result.reasonCode(), result.reason())
                        .strip();
        entry.chain.heldFrom = Math.min(entry.chain.heldFrom, entry.sequence);
        lastRefused = entry.sequence;
        add(entry);
    }

    void add(Entry entry) {
        entry.state = State.HELD;
        entries.add(entry);
        if (!timing) {
            timing = true;
            rounds++;
            LOG.warn("{}; they are sent again later", reason);
            loop.schedule(backoff.after(rounds, random), () -> inbox.add(this::release));
        }
    }

    /** One was taken: if it is the one that was refused last, the trouble is over. */
    void taken(Entry entry) {
        if (rounds > 0 && entry.sequence == lastRefused) {
            rounds = 0;
            reason = "";
        }
    }

    private void release() {
        timing = false;
        List<Entry> released = entries;
        entries = new ArrayList<>();
        for (Entry entry : released) {
            entry.chain.heldFrom = Long.MAX_VALUE;
        }
        for (Entry entry : released) {
            if (entry.state == State.HELD) {
                sendAgain.accept(entry);
            }
        }
    }
}
