package io.waybill.gateway.outbox;

import io.waybill.wire.time.EventLoop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * The sendings that the broker has not answered yet. Each takes a place of those few that may be
 * under way at a time; so a broker that still answers pings, but not these, is given half a minute,
 * and then a new connection. Belongs to the loop.
 */
final class Unanswered {

    private static final Logger LOG = LoggerFactory.getLogger(Unanswered.class);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventLoop loop;
    private final Inbox inbox;
    private final Consumer<String> connectAnew;

    /** When each was sent, the oldest first. */
    private final SequencedMap<Long, Long> sentAt = new LinkedHashMap<>();

    private boolean watching;

    Unanswered(EventLoop loop, Inbox inbox, Consumer<String> connectAnew) {
        this.loop = loop;
        this.inbox = inbox;
        this.connectAnew = connectAnew;
    }

    int count() {
        return sentAt.size();
    }

    void sent(long number) {
        sentAt.put(number, loop.nanoTime());
        if (!watching) {
            lookIn(PATIENCE.toNanos());
        }
    }

    /** The broker answered it, or it failed with its connection. */
    void answered(long number) {
        sentAt.remove(number);
    }

    private void lookIn(long nanos) {
        watching = true;
        loop.schedule(Duration.ofNanos(nanos), () -> inbox.add(this::look));
    }

    private void look() {
        watching = false;
        if (sentAt.isEmpty()) {
            return;
        }
        long left = sentAt.firstEntry().getValue() + PATIENCE.toNanos() - loop.nanoTime();
        if (left > 0) {
            lookIn(left);
            return;
        }
        String reason =
                "the broker has not answered %d commands, the first for %d s"
                        .formatted(sentAt.size(), PATIENCE.toSeconds());
        LOG.warn("{}: the connection is given up for a new one", reason);
        lookIn(PATIENCE.toNanos());
        connectAnew.accept(reason);
    }
}
