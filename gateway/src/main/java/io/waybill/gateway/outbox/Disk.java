package io.waybill.gateway.outbox;

import io.waybill.gateway.outbox.OutboxStore.NoRoom;
import io.waybill.gateway.outbox.OutboxStore.Stored;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * An outbox's store that comes back after it failed: it is opened again, with a backoff, and read,
 * and is open for more only when it holds all that was accepted. Belongs to the loop.
 */
final class Disk {

    private static final Logger LOG = LoggerFactory.getLogger(Disk.class);

    /** Whose commands are on the disk. */
    interface Owner {

        /** A write failed, and nothing can be written for now. */
        void lost();

        /**
         * The disk was read again.
         *
         * @return what should be there and is not
         */
        List<Stored> compare(List<Stored> contents);
    }

    private final OutboxSettings settings;
    private final EventLoop loop;
    private final Inbox inbox;
    private final OutboxStore store;
    private final RandomGenerator random;
    private final Owner owner;
    private int failedOpenings;
    private @Nullable StoreInfo unremembered;
    private volatile boolean open;

    Disk(
            OutboxSettings settings,
            EventLoop loop,
            Inbox inbox,
            OutboxStore store,
            RandomGenerator random,
            Owner owner) {
        this.settings = settings;
        this.loop = loop;
        this.inbox = inbox;
        this.store = store;
        this.random = random;
        this.owner = owner;
    }

    /** Whether it can be written to. Safe for use by many threads. */
    boolean isOpen() {
        return open;
    }

    /**
     * Opens it for the first time.
     *
     * @param found gets what was on it
     * @return which store the commands are for, once that was remembered; fails when the disk
     *     cannot be opened
     */
    CompletableFuture<Optional<StoreInfo>> open(Consumer<List<Stored>> found) {
        CompletableFuture<Optional<StoreInfo>> opened = new CompletableFuture<>();
        inbox.when(
                store.open(),
                contents -> {
                    found.accept(contents.entries());
                    open = true;
                    opened.complete(contents.store());
                },
                opened::completeExceptionally);
        return opened;
    }

    /**
     * Writes commands.
     *
     * @param done runs when all are on the disk
     * @param failed gets the reason, a {@link NoRoom} when none is and the disk is as it was;
     *     otherwise each may be there or not, and the disk is opened again
     */
    void put(List<Stored> commands, Runnable done, Consumer<Throwable> failed) {
        inbox.when(
                store.put(commands),
                nothing -> done.run(),
                failure -> {
                    failed.accept(failure);
                    if (!(failure instanceof NoRoom)) {
                        failed(failure);
                    }
                });
    }

    /**
     * Takes commands off, in time.
     *
     * @param over runs when that is done or has failed; then the disk is opened again
     */
    void remove(List<Long> sequences, Runnable over) {
        inbox.when(
                store.remove(sequences),
                nothing -> over.run(),
                failure -> {
                    over.run();
                    failed(failure);
                });
    }

    /** Keeps which store the commands are for; tried again once the disk is open again. */
    void remember(StoreInfo info) {
        unremembered = info;
        inbox.when(store.remember(info), nothing -> unremembered = null, this::failed);
    }

    private void failed(Throwable failure) {
        if (!open) {
            return;
        }
        LOG.error("a write of the outbox failed; its store is opened again and read", failure);
        open = false;
        owner.lost();
        reopen();
    }

    private void reopen() {
        inbox.when(
                store.open(),
                contents -> putBack(owner.compare(contents.entries())),
                this::reopenLater);
    }

    private void reopenLater(Throwable failure) {
        Duration wait = settings.reopening().after(++failedOpenings, random);
        LOG.warn("the outbox's store cannot be used; next try in {}", wait, failure);
        loop.schedule(wait, () -> inbox.add(this::reopen));
    }

    private void putBack(List<Stored> missing) {
        if (missing.isEmpty()) {
            reopened();
            return;
        }
        LOG.error(
                "{} accepted commands were gone from the disk: they are written again",
                missing.size());
        inbox.when(store.put(missing), nothing -> reopened(), this::reopenLater);
    }

    private void reopened() {
        failedOpenings = 0;
        open = true;
        if (unremembered != null) {
            remember(unremembered);
        }
    }
}
