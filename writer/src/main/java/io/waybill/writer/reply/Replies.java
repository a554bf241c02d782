package io.waybill.writer.reply;

import com.google.protobuf.ByteString;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.own.OwnCommands;
import io.waybill.writer.store.CatchUpSubscription;
import io.waybill.writer.store.CommitFeed;
import io.waybill.writer.store.StoreWatch;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Follows the feed and hands each commit that an order must hear of to it. Holds a bounded number
 * at a time, and asks for more when they are dealt with. Used on the pipeline's event loop.
 */
public final class Replies {

    private static final int MOST_AT_ONCE = 2_000;

    private final OwnCommands own;
    private final CatchUpSubscription subscription;
    private final TreeSet<Long> dealing = new TreeSet<>();

    private boolean paused;
    private int generation;
    private long read;

    public Replies(EventLoop loop, CommitFeed feed, StoreWatch store, OwnCommands own) {
        this.own = own;
        this.subscription = new CatchUpSubscription(loop, feed, store::retry, new Pages());
    }

    /** Begins at the checkpoint, or begins there anew with another incarnation of the store. */
    public void open() {
        read = 0;
        generation++;
        dealing.clear();
        subscription.start();
    }

    /** Hears no more. */
    public void shut() {
        subscription.stop();
    }

    private void dealtWith(int since, long position) {
        if (since != generation) {
            return;
        }
        dealing.remove(position);
        if (paused && dealing.size() < MOST_AT_ONCE / 2) {
            paused = false;
            subscription.next();
        }
        subscription.saveSoon();
    }

    private final class Pages implements CatchUpSubscription.Subscriber {

        /** What was read before a feed broke off is not read again. */
        @Override
        public long begin(CommitFeed.Checkpoint kept) {
            read = Math.max(read, kept.position());
            paused = false;
            return read;
        }

        @Override
        public Optional<String> take(List<Commit> commits, long position) {
            for (Commit commit : commits) {
                long at = commit.getPosition();
                if (at > read) {
                    int since = generation;
                    dealing.add(at);
                    if (!own.reply(commit, () -> dealtWith(since, at))) {
                        dealing.remove(at);
                    }
                }
            }
            read = Math.max(read, position);
            if (dealing.size() < MOST_AT_ONCE) {
                subscription.next();
            } else {
                paused = true;
            }
            return Optional.empty();
        }

        @Override
        public void failed(String reason, int failures) {
            // The watch over the store says so.
        }

        @Override
        public long reached() {
            return dealing.isEmpty() ? read : dealing.first() - 1;
        }

        @Override
        public ByteString state() {
            return ByteString.EMPTY;
        }
    }
}
