package io.waybill.gateway.follow;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.time.Backoff;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One follower of one command. Its lock guards its own few fields and is held for moments only; the
 * follower itself is called without it, on the executor, one call after the other.
 */
final class Follow implements Following {

    private static final Logger LOG = LoggerFactory.getLogger(Follow.class);

    private static final Duration LONG_POLL = Duration.ofSeconds(20);
    private static final Backoff WHEN_IT_FAILS =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

    private final CommandIdentity command;
    private final Follower follower;
    private final Outcomes outcomes;
    private final EventLoop loop;
    private final Executor executor;
    private final Function<CommandIdentity, Optional<OutboxEntry>> held;
    private final Consumer<Follow> ended;

    private CompletableFuture<?> told = CompletableFuture.completedFuture("nothing yet");
    private boolean asking;
    private @Nullable CompletableFuture<?> asked;
    private EventLoop.@Nullable Timer next;
    private int failures;
    private boolean pendingTold;
    private boolean over;
    private volatile boolean closed;

    Follow(
            CommandIdentity command,
            Follower follower,
            Outcomes outcomes,
            EventLoop loop,
            Executor executor,
            Function<CommandIdentity, Optional<OutboxEntry>> held,
            Consumer<Follow> ended) {
        this.command = command;
        this.follower = follower;
        this.outcomes = outcomes;
        this.loop = loop;
        this.executor = executor;
        this.held = held;
        this.ended = ended;
    }

    CommandIdentity command() {
        return command;
    }

    /** Tells what is known, and asks the reader unless the outbox will tell. */
    void begin() {
        Optional<OutboxEntry> entry = held.apply(command);
        if (entry.isPresent()) {
            pending(Statuses.pending(entry.get()));
            // It may have been cleared before this follower was known.
            if (held.apply(command).isPresent()) {
                return;
            }
        }
        ask();
    }

    synchronized void pending(CommandStatus status) {
        if (!over && !pendingTold) {
            pendingTold = true;
            tell(() -> follower.status(status));
        }
    }

    void decided(CommandStatus status) {
        end(() -> follower.status(status), follower::completed);
    }

    void fail(WaybillException failure) {
        end(() -> follower.failed(failure));
    }

    @Override
    public void close() {
        closed = true;
        end();
    }

    private void end(Runnable... last) {
        CompletableFuture<?> unwanted;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            for (Runnable what : last) {
                tell(what);
            }
            unwanted = asked;
            asked = null;
            if (next != null) {
                next.cancel();
                next = null;
            }
        }
        if (unwanted != null) {
            unwanted.cancel(true);
        }
        ended.accept(this);
    }

    private void tell(Runnable what) {
        told =
                told.handleAsync(
                        (nothing, failure) -> {
                            try {
                                if (!closed) {
                                    what.run();
                                }
                            } catch (RuntimeException e) {
                                LOG.warn("a follower of a command failed", e);
                            }
                            return "told";
                        },
                        executor);
    }

    /** Asks the reader on another thread than the loop's: in one process its work is done there. */
    void askElsewhere() {
        executor.execute(this::ask);
    }

    /** Asks the reader, and goes on asking until there is an outcome. */
    void ask() {
        synchronized (this) {
            if (over || asking) {
                return;
            }
            asking = true;
            next = null;
        }
        long began = loop.nanoTime();
        CompletableFuture<Optional<CommandView>> answer = outcomes.within(command, LONG_POLL);
        if (!wanted(answer)) {
            answer.cancel(true);
            return;
        }
        var _ =
                answer.whenComplete(
                        (view, failure) -> {
                            if (failure == null && view.isPresent()) {
                                decided(Statuses.decided(view.get()));
                            } else {
                                boolean waited =
                                        failure == null
                                                && loop.nanoTime() - began
                                                        >= LONG_POLL.toNanos() / 2;
                                askLater(waited);
                            }
                        });
    }

    /** Whether an answer is still waited for; if so, it is dropped when that ends. */
    private synchronized boolean wanted(CompletableFuture<?> answer) {
        if (!over) {
            asked = answer;
        }
        return !over;
    }

    private synchronized void askLater(boolean waited) {
        asking = false;
        asked = null;
        if (over) {
            return;
        }
        failures = waited ? 0 : failures + 1;
        Duration pause =
                waited ? Duration.ZERO : WHEN_IT_FAILS.after(failures, ThreadLocalRandom.current());
        next = loop.schedule(pause, this::askElsewhere);
    }
}
