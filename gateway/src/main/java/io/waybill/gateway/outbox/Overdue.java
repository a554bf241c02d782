package io.waybill.gateway.outbox;

import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Watches the oldest published command. When its answer is overdue, it alone is sent again, as a
 * probe, with a backoff up to a minute. Commands behind a slow writer each get their full time only
 * once they are the oldest, so a backlog causes one probe and no more. Belongs to the loop.
 */
final class Overdue {

    /** So that a look that comes a little early need not be repeated at once. */
    private static final long AT_LEAST = Duration.ofMillis(10).toNanos();

    private static final long WHEN_IT_CANNOT_BE_SENT = Duration.ofSeconds(1).toNanos();

    private final OutboxSettings settings;
    private final EventLoop loop;
    private final Inbox inbox;
    private final Dispatch dispatch;
    private final RandomGenerator random;
    private @Nullable Entry watched;
    private long since;
    private long patience;
    private EventLoop.@Nullable Timer timer;
    private long timerDue;

    Overdue(
            OutboxSettings settings,
            EventLoop loop,
            Inbox inbox,
            Dispatch dispatch,
            RandomGenerator random) {
        this.settings = settings;
        this.loop = loop;
        this.inbox = inbox;
        this.dispatch = dispatch;
        this.random = random;
    }

    /** Turns to the oldest. Called after each go of the inbox. */
    void watch() {
        Entry oldest = dispatch.oldest();
        if (oldest == watched) {
            return;
        }
        watched = oldest;
        if (oldest != null) {
            since = loop.nanoTime();
            patience = patience(oldest);
            lookIn(patience);
        }
    }

    private long patience(Entry entry) {
        return settings.delay().plus(settings.overdue().after(entry.probes + 1, random)).toNanos();
    }

    /** An earlier look stays: it finds out how long is left. */
    private void lookIn(long nanos) {
        long due = loop.nanoTime() + nanos;
        if (timer != null) {
            if (timerDue - due <= 0) {
                return;
            }
            timer.cancel();
        }
        timerDue = due;
        timer = loop.schedule(Duration.ofNanos(nanos), () -> inbox.add(this::look));
    }

    private void look() {
        timer = null;
        Entry oldest = dispatch.oldest();
        if (oldest == null || oldest != watched) {
            return;
        }
        long now = loop.nanoTime();
        long waited = Math.min(now - since, now - oldest.sentAt);
        if (waited < patience) {
            lookIn(Math.max(patience - waited, AT_LEAST));
        } else if (dispatch.probe(oldest)) {
            patience = patience(oldest);
            lookIn(patience);
        } else {
            lookIn(WHEN_IT_CANNOT_BE_SENT);
        }
    }
}
