package io.waybill.gateway.outbox;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.proto.queue.v1.AnswerBatch;
import io.waybill.wire.role.RunningRole.Health;
import io.waybill.wire.time.EventLoop;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * Keeps accepted commands until their outcome is known: on disk before they are accepted, published
 * in the order accepted, published again when they may be lost, cleared by the writer's answers. It
 * gives no command up, whatever its age: only the log decides.
 *
 * <p>A state machine on one event loop, with the disk, the queue and the store as ports: it owns no
 * thread and reads no clock but the loop's. Its methods may be called from any thread; its futures
 * complete on the loop, where nothing may block.
 */
public final class Outbox {

    private final List<OutboxListener> listeners = new CopyOnWriteArrayList<>();
    private final Inbox inbox;
    private final Entries entries;
    private final Acceptance acceptance;
    private final Dispatch dispatch;
    private final Overdue overdue;
    private final StoreBinding binding;
    private final Answers answers;

    /** Wires an outbox; {@link #start()} reads what it holds. */
    public Outbox(
            OutboxSettings settings,
            EventLoop loop,
            OutboxStore store,
            CommandPublisher publisher,
            StoreInquiry inquiry,
            RandomGenerator random) {
        OutboxListener listener = new Announcer(listeners);
        inbox = new Inbox(loop, this::afterEachGo);
        entries = new Entries(settings.capacity(), settings.capacityBytes());
        dispatch = new Dispatch(settings, loop, inbox, publisher, random);
        overdue = new Overdue(settings, loop, inbox, dispatch, random);
        acceptance =
                new Acceptance(settings, loop, inbox, store, entries, dispatch, listener, random);
        binding =
                new StoreBinding(
                        settings, loop, inbox, inquiry, dispatch, acceptance::remember, random);
        answers = new Answers(settings, loop, entries, acceptance, dispatch, binding, listener);
    }

    /** Tells a listener of what happens from now on. */
    public void listen(OutboxListener listener) {
        listeners.add(listener);
    }

    /**
     * Reads what was accepted before and begins to work. Called once.
     *
     * @return completes when commands can be accepted; fails when the disk cannot be opened
     */
    public CompletableFuture<Void> start() {
        CompletableFuture<Void> started = new CompletableFuture<>();
        inbox.add(
                () -> {
                    var _ =
                            acceptance
                                    .recover()
                                    .whenComplete(
                                            (store, failure) -> {
                                                if (failure == null) {
                                                    binding.start(store);
                                                    started.complete(null);
                                                } else {
                                                    started.completeExceptionally(failure);
                                                }
                                            });
                });
        return started;
    }

    /**
     * Accepts a command, within milliseconds unless the writer is behind: then it may take up to a
     * second. A command that is held already is accepted as before, if its fingerprint is the same.
     *
     * @return completes when the command is on disk; fails with a {@link
     *     io.waybill.wire.failure.WaybillException}: {@code IDEMPOTENCY_KEY_REUSED}, {@code
     *     RESOURCE_EXHAUSTED}, or {@code UNAVAILABLE}, whose sentence holds the command's id when
     *     it is in doubt whether it was accepted
     */
    public CompletableFuture<Void> submit(OutboxEntry entry) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        inbox.add(
                () -> {
                    if (binding.isWrong()) {
                        result.completeExceptionally(Refusals.wrongStore(binding.trouble()));
                    } else {
                        acceptance.submit(entry, result);
                    }
                });
        return result;
    }

    /** The command, if it is on disk here and undecided. */
    public Optional<OutboxEntry> held(CommandIdentity command) {
        Entry entry = entries.get(command);
        return entry != null && entry.onDisk ? Optional.of(entry.content) : Optional.empty();
    }

    /** The first undecided command for this stream, if one is on disk here. */
    public Optional<OutboxEntry> firstFor(String stream) {
        Entry entry = entries.firstOf(stream);
        return entry != null && entry.onDisk ? Optional.of(entry.content) : Optional.empty();
    }

    /** Whether an undecided command for this stream is here. */
    public boolean holdsFor(String stream) {
        return entries.hasStream(stream);
    }

    /** How many undecided commands are here. */
    public int size() {
        return entries.size();
    }

    /** The queue was reached; if the session there is new, what was queued in it for us is lost. */
    public void connected(boolean sessionPresent) {
        inbox.add(
                () -> {
                    dispatch.connected(sessionPresent);
                    binding.askAgain();
                });
    }

    /** The queue cannot be reached. */
    public void disconnected() {
        inbox.add(dispatch::disconnected);
    }

    /** The writer's session at the broker is new: what was queued in it is lost. */
    public void writerSessionLost() {
        inbox.add(
                () -> {
                    dispatch.resendAll();
                    binding.askAgain();
                });
    }

    /**
     * Answers came.
     *
     * @param taken runs when they were dealt with
     */
    public void answered(AnswerBatch batch, Runnable taken) {
        inbox.add(
                () -> {
                    answers.take(batch);
                    taken.run();
                });
    }

    /** How it is: up while it can accept commands. */
    public Health health() {
        String backlog = "%d undecided".formatted(entries.size());
        if (!acceptance.isOpen()) {
            return new Health(false, "the outbox is not open; " + backlog);
        }
        String trouble = binding.trouble();
        if (trouble.isEmpty()) {
            trouble = dispatch.isConnected() ? dispatch.trouble() : "the broker cannot be reached";
        }
        return new Health(
                !binding.isWrong(), trouble.isEmpty() ? backlog : backlog + "; " + trouble);
    }

    /** Accepts nothing more. Completes when all that was accepted is on disk. */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        inbox.add(
                () -> {
                    dispatch.stop();
                    var _ = acceptance.close().thenRun(() -> closed.complete(null));
                });
        return closed;
    }

    private void afterEachGo() {
        acceptance.flush();
        dispatch.pump();
        overdue.watch();
    }
}
