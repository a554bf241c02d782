package io.waybill.gateway.outbox;

import io.waybill.gateway.outbox.OutboxStore.Stored;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The disk's side of the outbox: commands are accepted when they are on it, and taken off it when
 * they are decided. One write at a time; what comes meanwhile shares the next. After a failed one
 * the disk is opened again and read before the next, and what was in doubt is kept if it is there.
 * Belongs to the loop.
 */
final class Acceptance {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

    private final OutboxSettings settings;
    private final EventLoop loop;
    private final Inbox inbox;
    private final OutboxStore store;
    private final Entries entries;
    private final Dispatch dispatch;
    private final OutboxListener listener;
    private final RandomGenerator random;
    private final CompletableFuture<Optional<StoreInfo>> recovered = new CompletableFuture<>();

    private List<Entry> waiting = new ArrayList<>();
    private List<Long> decided = new ArrayList<>();
    private boolean writing;
    private boolean removing;
    private boolean closing;
    private int failedOpenings;
    private @Nullable StoreInfo unremembered;
    private volatile boolean open;

    Acceptance(
            OutboxSettings settings,
            EventLoop loop,
            Inbox inbox,
            OutboxStore store,
            Entries entries,
            Dispatch dispatch,
            OutboxListener listener,
            RandomGenerator random) {
        this.settings = settings;
        this.loop = loop;
        this.inbox = inbox;
        this.store = store;
        this.entries = entries;
        this.dispatch = dispatch;
        this.listener = listener;
        this.random = random;
    }

    /** Whether commands can be accepted. Safe for use by many threads. */
    boolean isOpen() {
        return open;
    }

    /** Reads what was accepted before. Fails when the disk cannot be opened the first time. */
    CompletableFuture<Optional<StoreInfo>> recover() {
        on(
                store.open(),
                contents -> {
                    load(contents.entries());
                    open = true;
                    recovered.complete(contents.store());
                },
                recovered::completeExceptionally);
        return recovered;
    }

    private void load(List<Stored> contents) {
        for (Stored stored : contents) {
            if (entries.get(stored.entry().getCommand()) != null) {
                entries.skip(stored.sequence());
                decided.add(stored.sequence());
                continue;
            }
            Entry entry = entries.add(stored.sequence(), stored.entry());
            accepted(entry);
        }
    }

    void submit(OutboxEntry content, CompletableFuture<Void> result) {
        Entry same = entries.get(content.getCommand());
        if (same != null) {
            repeated(same, content, result);
        } else if (closing) {
            result.completeExceptionally(Refusals.stopping());
        } else if (!open) {
            result.completeExceptionally(Refusals.reopening());
        } else if (entries.isFull()) {
            result.completeExceptionally(Refusals.full(entries.size()));
        } else {
            Entry entry = entries.add(content);
            follow(entry, result);
            waiting.add(entry);
        }
    }

    private static void repeated(Entry same, OutboxEntry content, CompletableFuture<Void> result) {
        if (!same.content.getFingerprint().equals(content.getFingerprint())) {
            result.completeExceptionally(Refusals.keyReused());
        } else if (same.onDisk) {
            result.complete(null);
        } else {
            follow(same, result);
        }
    }

    private static void follow(Entry entry, CompletableFuture<Void> result) {
        entry.accepted.whenComplete(
                (nothing, failure) -> {
                    if (failure == null) {
                        result.complete(null);
                    } else {
                        result.completeExceptionally(failure);
                    }
                });
    }

    /** Takes a command off the disk, in time. */
    void remove(Entry entry) {
        boolean beingWritten = entry.state == Entry.State.STORING;
        entries.remove(entry);
        if (!beingWritten) {
            decided.add(entry.sequence);
        }
    }

    /** Keeps which store the commands are for; tried again once the disk is open again. */
    void remember(StoreInfo info) {
        unremembered = info;
        on(store.remember(info), nothing -> unremembered = null, this::diskFailed);
    }

    /** Writes what has come, if nothing is being written. Called after each go of the inbox. */
    void flush() {
        if (!open) {
            return;
        }
        if (!writing && !waiting.isEmpty()) {
            List<Entry> batch = waiting;
            waiting = new ArrayList<>();
            writing = true;
            on(
                    store.put(batch.stream().map(Entry::stored).toList()),
                    nothing -> written(batch),
                    failure -> unwritten(batch, failure));
        }
        if (!removing && !decided.isEmpty()) {
            List<Long> batch = decided;
            decided = new ArrayList<>();
            removing = true;
            on(
                    store.remove(batch),
                    nothing -> removing = false,
                    failure -> {
                        removing = false;
                        diskFailed(failure);
                    });
        }
    }

    private void written(List<Entry> batch) {
        writing = false;
        for (Entry entry : batch) {
            if (entry.state == Entry.State.GONE) {
                decided.add(entry.sequence);
            } else {
                accepted(entry);
                listener.accepted(entry.content);
            }
        }
    }

    private void accepted(Entry entry) {
        entry.onDisk = true;
        entry.accepted.complete(null);
        dispatch.add(entry);
    }

    private void unwritten(List<Entry> batch, Throwable failure) {
        writing = false;
        if (failure instanceof OutboxStore.NoRoom) {
            LOG.warn("refused {} commands: {}", batch.size(), failure.getMessage());
            batch.forEach(entry -> drop(entry, Refusals.noRoom(failure)));
            return;
        }
        for (Entry entry : batch) {
            if (entry.state != Entry.State.GONE) {
                entry.state = Entry.State.IN_DOUBT;
                entry.accepted.completeExceptionally(Refusals.inDoubt(entry.content, failure));
            }
        }
        diskFailed(failure);
    }

    private void drop(Entry entry, RuntimeException reason) {
        if (entry.state != Entry.State.GONE) {
            entries.remove(entry);
            entry.accepted.completeExceptionally(reason);
            listener.released(entry.identity());
        }
    }

    private void diskFailed(Throwable failure) {
        if (!open) {
            return;
        }
        LOG.error("a write of the outbox failed; its store is opened again and read", failure);
        open = false;
        List<Entry> unwritten = waiting;
        waiting = new ArrayList<>();
        unwritten.forEach(entry -> drop(entry, Refusals.reopening()));
        reopen();
    }

    private void reopen() {
        on(store.open(), contents -> compare(contents.entries()), this::reopenLater);
    }

    private void reopenLater(Throwable failure) {
        Duration wait = settings.reopening().after(++failedOpenings, random);
        LOG.warn("the outbox's store cannot be used; next try in {}", wait, failure);
        loop.schedule(wait, () -> inbox.add(this::reopen));
    }

    private void reopened() {
        failedOpenings = 0;
        open = true;
        if (unremembered != null) {
            remember(unremembered);
        }
    }

    /** Keeps what is there, forgets what was in doubt and is not, writes again what should be. */
    private void compare(List<Stored> contents) {
        Set<Long> there = new HashSet<>();
        contents.forEach(stored -> there.add(stored.sequence()));
        List<Entry> missing = new ArrayList<>();
        for (Entry entry : entries.inOrder()) {
            boolean kept = there.remove(entry.sequence);
            if (entry.state == Entry.State.IN_DOUBT) {
                if (kept) {
                    accepted(entry);
                    listener.accepted(entry.content);
                } else {
                    entries.remove(entry);
                    listener.released(entry.identity());
                }
            } else if (!kept) {
                missing.add(entry);
            }
        }
        decided.clear();
        decided.addAll(there);
        putBack(missing);
    }

    private void putBack(List<Entry> missing) {
        if (missing.isEmpty()) {
            reopened();
            return;
        }
        LOG.error(
                "{} accepted commands were gone from the disk: they are written again",
                missing.size());
        on(
                store.put(missing.stream().map(Entry::stored).toList()),
                nothing -> reopened(),
                this::reopenLater);
    }

    /** Takes nothing more; completes when what was being written is. */
    CompletableFuture<Void> close() {
        closing = true;
        CompletableFuture<Void> closed = new CompletableFuture<>();
        awaitQuiet(closed);
        return closed;
    }

    private void awaitQuiet(CompletableFuture<Void> closed) {
        if (open && (writing || removing || !waiting.isEmpty() || !decided.isEmpty())) {
            loop.schedule(Duration.ofMillis(1), () -> inbox.add(() -> awaitQuiet(closed)));
        } else {
            closed.complete(null);
        }
    }

    private <T extends @Nullable Object> void on(
            CompletableFuture<T> answer, Consumer<T> done, Consumer<Throwable> failed) {
        answer.whenComplete(
                (value, failure) ->
                        inbox.add(
                                () -> {
                                    if (failure == null) {
                                        done.accept(value);
                                    } else {
                                        failed.accept(Causes.of(failure));
                                    }
                                }));
    }
}
