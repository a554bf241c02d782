package io.waybill.writer.reply;

import com.google.protobuf.ByteString;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.own.OwnCommands;
import io.waybill.writer.store.CommitFeed;
import io.waybill.writer.store.StoreWatch;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/**
 * Follows the feed and hands each commit that an order must hear of to it. Holds a bounded number
 * at a time, and asks for more when they are dealt with. Used on the pipeline's event loop.
 */
public final class Replies {

    private static final int MOST_AT_ONCE = 2_000;
    private static final Duration SAVE_EVERY = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final CommitFeed feed;
    private final StoreWatch store;
    private final OwnCommands own;
    private final TreeSet<Long> dealing = new TreeSet<>();

    private CommitFeed.@Nullable Following following;
    private boolean open;
    private boolean paused;
    private boolean saving;
    private int generation;
    private int round;
    private int failures;
    private long read;
    private long saved;

    public Replies(EventLoop loop, CommitFeed feed, StoreWatch store, OwnCommands own) {
        this.loop = loop;
        this.feed = feed;
        this.store = store;
        this.own = own;
    }

    /** Begins at the checkpoint, or begins there anew with another incarnation of the store. */
    public void open() {
        stop();
        open = true;
        generation++;
        dealing.clear();
        ask();
    }

    /** Hears no more. */
    public void shut() {
        open = false;
        stop();
    }

    private void stop() {
        round++;
        if (following != null) {
            following.cancel();
            following = null;
        }
    }

    private void ask() {
        int current = round;
        var _ =
                feed.checkpoint()
                        .whenComplete(
                                (kept, failure) ->
                                        loop.execute(() -> begin(current, kept, failure)));
    }

    private void begin(
            int current, CommitFeed.@Nullable Checkpoint checkpoint, @Nullable Throwable failure) {
        if (!open || current != round) {
            return;
        }
        if (checkpoint == null) {
            failures++;
            store.retry(failures, () -> again(current));
            return;
        }
        read = checkpoint.position();
        saved = checkpoint.position();
        follow();
    }

    private void again(int current) {
        if (open && current == round) {
            ask();
        }
    }

    private void follow() {
        int current = round;
        paused = false;
        following =
                feed.follow(
                        read,
                        new CommitFeed.Listener() {
                            @Override
                            public void page(List<Commit> commits, long position) {
                                loop.execute(() -> take(current, commits, position));
                            }

                            @Override
                            public void ended(Throwable failure) {
                                loop.execute(() -> brokenOff(current));
                            }
                        });
        following.next();
    }

    private void brokenOff(int current) {
        if (!open || current != round) {
            return;
        }
        stop();
        failures++;
        int since = round;
        store.retry(
                failures,
                () -> {
                    if (open && since == round) {
                        follow();
                    }
                });
    }

    private void take(int current, List<Commit> commits, long position) {
        if (!open || current != round) {
            return;
        }
        failures = 0;
        for (Commit commit : commits) {
            long at = commit.getPosition();
            if (at > read) {
                int begun = generation;
                dealing.add(at);
                if (!own.reply(commit, () -> dealtWith(begun, at))) {
                    dealing.remove(at);
                }
            }
        }
        read = Math.max(read, position);
        if (dealing.size() < MOST_AT_ONCE) {
            next();
        } else {
            paused = true;
        }
        saveSoon();
    }

    private void next() {
        if (following != null) {
            following.next();
        }
    }

    private void dealtWith(int begun, long position) {
        if (begun != generation) {
            return;
        }
        dealing.remove(position);
        if (paused && dealing.size() < MOST_AT_ONCE / 2) {
            paused = false;
            next();
        }
        saveSoon();
    }

    private void saveSoon() {
        if (!saving && reached() > saved) {
            saving = true;
            loop.schedule(SAVE_EVERY, this::save);
        }
    }

    /** A save that fails is no loss: the next one is further on. */
    private void save() {
        int current = round;
        long position = reached();
        if (!open || position <= saved) {
            saving = false;
            return;
        }
        var _ =
                feed.save(position, ByteString.EMPTY)
                        .whenComplete(
                                (done, failure) ->
                                        loop.execute(
                                                () -> {
                                                    saving = false;
                                                    if (failure == null && current == round) {
                                                        saved = Math.max(saved, position);
                                                    }
                                                    if (failure == null) {
                                                        saveSoon();
                                                    }
                                                }));
    }

    /** Everything up to here is dealt with. */
    private long reached() {
        return dealing.isEmpty() ? read : dealing.first() - 1;
    }
}
