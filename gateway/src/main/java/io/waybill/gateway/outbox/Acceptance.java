package io.waybill.gateway.outbox;

import io.waybill.gateway.outbox.OutboxStore.Stored;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.time.EventLoop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * The disk's side of the outbox: commands are accepted when they are on it, and taken off it when
 * they are decided. One write at a time; what comes meanwhile shares the next, as much of it as the
 * {@link Pace} allows. After a failed write the disk is read again, and what was in doubt is kept
 * if it is there. Belongs to the loop.
 */
final class Acceptance implements Disk.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

    private final EventLoop loop;
    private final Inbox inbox;
    private final Entries entries;
    private final Dispatch dispatch;
    private final OutboxListener listener;
    private final Pace pace;
    private final Arrivals arrivals;
    private final Removals removals = new Removals();
    private final Disk disk;

    private boolean writing;
    private boolean closing;

    Acceptance(
            OutboxSettings settings,
            EventLoop loop,
            Inbox inbox,
            OutboxStore store,
            Entries entries,
            Dispatch dispatch,
            OutboxListener listener,
            RandomGenerator random) {
        this.loop = loop;
        this.inbox = inbox;
        this.entries = entries;
        this.dispatch = dispatch;
        this.listener = listener;
        this.pace = new Pace(settings.delay());
        this.arrivals = new Arrivals(loop, inbox, pace);
        this.disk = new Disk(settings, loop, inbox, store, random, this);
    }

    /** Whether commands can be accepted. Safe for use by many threads. */
    boolean isOpen() {
        return disk.isOpen();
    }

    /** Reads what was accepted before. Fails when the disk cannot be opened the first time. */
    CompletableFuture<Optional<StoreInfo>> recover() {
        return disk.open(this::load);
    }

    private void load(List<Stored> contents) {
        for (Stored stored : contents) {
            if (entries.get(stored.entry().getCommand()) != null) {
                entries.skip(stored.sequence());
                removals.add(stored.sequence());
                continue;
            }
            accepted(entries.add(stored.sequence(), stored.entry()));
        }
    }

    /** Keeps which store the commands are for; tried again once the disk is open again. */
    void remember(StoreInfo info) {
        disk.remember(info);
    }

    void submit(OutboxEntry content, CompletableFuture<Void> result) {
        Entry same = entries.get(content.getCommand());
        if (same != null) {
            repeated(same, content, result);
        } else if (closing) {
            result.completeExceptionally(Refusals.stopping());
        } else if (!disk.isOpen()) {
            result.completeExceptionally(Refusals.reopening());
        } else if (entries.isFull()) {
            result.completeExceptionally(Refusals.full(entries.size()));
        } else {
            Entry entry = entries.add(content);
            follow(entry, result);
            arrivals.add(entry);
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
        var _ =
                entry.accepted.whenComplete(
                        (nothing, failure) -> {
                            if (failure == null) {
                                result.complete(null);
                            } else {
                                result.completeExceptionally(failure);
                            }
                        });
    }

    /** A command has its outcome: it is taken off the disk, in time. */
    void decided(Entry entry) {
        boolean onItsWay = entry.state == Entry.State.STORING;
        entries.remove(entry);
        if (!onItsWay) {
            removals.add(entry.sequence);
        }
        if (entry.onDisk) {
            pace.decided(loop.nanoTime(), entry.acceptedAt);
        }
    }

    /** Writes what has come, if nothing is being written. Called after each go of the inbox. */
    void flush() {
        if (!disk.isOpen()) {
            return;
        }
        if (!writing && !arrivals.isEmpty()) {
            write(next());
        }
        removals.flush(disk);
    }

    /** With the broker away nothing will be decided, so there is nothing to keep pace with. */
    private List<Entry> next() {
        return closing || !dispatch.isConnected()
                ? arrivals.takeAll()
                : arrivals.take(entries.size() - arrivals.size());
    }

    private void write(List<Entry> batch) {
        if (!batch.isEmpty()) {
            writing = true;
            disk.put(
                    batch.stream().map(Entry::stored).toList(),
                    () -> written(batch),
                    failure -> unwritten(batch, failure));
        }
    }

    private void written(List<Entry> batch) {
        writing = false;
        for (Entry entry : batch) {
            if (entry.state == Entry.State.GONE) {
                removals.add(entry.sequence);
            } else {
                accepted(entry);
                listener.accepted(entry.content);
            }
        }
    }

    private void accepted(Entry entry) {
        entry.acceptedAt = loop.nanoTime();
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
    }

    private void drop(Entry entry, RuntimeException reason) {
        if (entry.state != Entry.State.GONE) {
            entries.remove(entry);
            entry.accepted.completeExceptionally(reason);
            listener.released(entry.identity());
        }
    }

    @Override
    public void lost() {
        arrivals.takeAll().forEach(entry -> drop(entry, Refusals.reopening()));
    }

    /** Keeps what is there, forgets what was in doubt and is not. */
    @Override
    public List<Stored> compare(List<Stored> contents) {
        Set<Long> there = new HashSet<>();
        contents.forEach(stored -> there.add(stored.sequence()));
        List<Stored> missing = new ArrayList<>();
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
                missing.add(entry.stored());
            }
        }
        removals.startOver(there);
        return missing;
    }

    /** Takes nothing more; completes when what was being written is. */
    CompletableFuture<Void> close() {
        closing = true;
        CompletableFuture<Void> closed = new CompletableFuture<>();
        awaitQuiet(closed);
        return closed;
    }

    private void awaitQuiet(CompletableFuture<Void> closed) {
        if (disk.isOpen() && (writing || !arrivals.isEmpty() || !removals.isQuiet())) {
            loop.schedule(Duration.ofMillis(1), () -> inbox.add(() -> awaitQuiet(closed)));
        } else {
            closed.complete(null);
        }
    }
}
