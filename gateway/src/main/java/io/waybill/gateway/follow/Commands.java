package io.waybill.gateway.follow;

import io.waybill.gateway.outbox.Outbox;
import io.waybill.gateway.outbox.OutboxListener;
import io.waybill.gateway.reading.ReaderClient;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.proto.queue.v1.RecordedOutcome;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.time.EventLoop;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What became of commands: followers are told by the outbox at once of those that this gateway
 * holds; of others the reader is asked. Safe for use by many threads; holds none while it waits.
 */
public final class Commands implements AutoCloseable {

    private static final int MOST_FOLLOWERS = 10_000;

    /** How long the reader may take to say that it knows of what this gateway holds. */
    private static final long PATIENCE_MILLIS = 500;

    private final ConcurrentMap<CommandIdentity, Set<Follow>> follows = new ConcurrentHashMap<>();
    private final AtomicInteger followers = new AtomicInteger();
    private final Outbox outbox;
    private final Outcomes outcomes;
    private final EventLoop loop;
    private final Executor executor;
    private final int mostFollowers;
    private volatile boolean closed;

    /**
     * Answers from the outbox and the reader.
     *
     * @param loop times the next question to the reader
     * @param executor asks the reader and calls followers; each of its threads may be held for a
     *     moment by one of them
     */
    public Commands(Outbox outbox, ReaderClient reader, EventLoop loop, Executor executor) {
        this(outbox, new OutcomesInReader(reader), loop, executor, MOST_FOLLOWERS);
    }

    /** With any source of outcomes, and a bound on how many commands are followed at a time. */
    public Commands(
            Outbox outbox,
            Outcomes outcomes,
            EventLoop loop,
            Executor executor,
            int mostFollowers) {
        this.outbox = outbox;
        this.outcomes = outcomes;
        this.loop = loop;
        this.executor = executor;
        this.mostFollowers = mostFollowers;
        outbox.listen(new FromOutbox());
    }

    /**
     * The outcome, or pending when this gateway holds the command, or empty when it is not known
     * here (yet). One that this gateway still holds may be decided and readable already: the reader
     * is asked then too, but not waited for when it is away.
     */
    public CompletableFuture<Optional<CommandStatus>> status(
            Principal principal, String commandId) {
        Optional<CommandStatus> pending =
                outbox.held(identity(principal, commandId)).map(Statuses::pending);
        // An outcome that has just cleared the outbox is in the log: no older than its end.
        CompletableFuture<Optional<CommandStatus>> recorded =
                outcomes.now(principal, commandId).thenApply(view -> view.map(Statuses::decided));
        return pending.isEmpty()
                ? recorded
                : recorded.exceptionally(unread -> pending)
                        .completeOnTimeout(pending, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                        .thenApply(known -> known.or(() -> pending));
    }

    /**
     * Tells how the command stands, when that is known, then its outcome, whenever that comes.
     * Stays open until then, also for an id that nobody knows yet.
     */
    public Following follow(Principal principal, String commandId, Follower follower) {
        CommandIdentity command = identity(principal, commandId);
        Follow follow =
                new Follow(command, follower, outcomes, loop, executor, outbox::held, this::ended);
        if (followers.incrementAndGet() > mostFollowers) {
            follow.fail(
                    new WaybillException(
                                    ErrorCode.RESOURCE_EXHAUSTED,
                                    "too many commands are followed already; try again later")
                            .retryAfter(Duration.ofSeconds(5)));
            return follow;
        }
        follows.compute(
                command,
                (key, others) -> {
                    Set<Follow> all = others == null ? ConcurrentHashMap.newKeySet() : others;
                    all.add(follow);
                    return all;
                });
        if (closed) {
            follow.fail(stopping());
        } else {
            follow.begin();
        }
        return follow;
    }

    /** How many commands are being followed. */
    public int followers() {
        return followers.get();
    }

    /** Tells all followers that the gateway stops. */
    @Override
    public void close() {
        closed = true;
        follows.values().forEach(all -> all.forEach(follow -> follow.fail(stopping())));
    }

    private void ended(Follow follow) {
        followers.decrementAndGet();
        follows.computeIfPresent(
                follow.command(),
                (key, all) -> {
                    all.remove(follow);
                    return all.isEmpty() ? null : all;
                });
    }

    private static WaybillException stopping() {
        return new WaybillException(
                ErrorCode.UNAVAILABLE, "the gateway stops; follow the command again");
    }

    private static CommandIdentity identity(Principal principal, String commandId) {
        return CommandIdentity.newBuilder()
                .setPrincipal(principal.name())
                .setCommandId(commandId)
                .build();
    }

    /** Hears of what the outbox holds. */
    private final class FromOutbox implements OutboxListener {

        @Override
        public void accepted(OutboxEntry entry) {
            tell(entry.getCommand(), follow -> follow.pending(Statuses.pending(entry)));
        }

        @Override
        public void decided(OutboxEntry entry, RecordedOutcome outcome) {
            tell(entry.getCommand(), follow -> follow.decided(Statuses.decided(entry, outcome)));
        }

        @Override
        public void released(CommandIdentity command) {
            tell(command, Follow::askElsewhere);
        }

        private void tell(CommandIdentity command, Consumer<Follow> what) {
            Set<Follow> all = follows.get(command);
            if (all != null) {
                all.forEach(what);
            }
        }
    }
}
