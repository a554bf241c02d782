package io.waybill.writer.store;

import com.google.protobuf.ByteString;

import io.waybill.proto.eventstore.v1.Commit;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The log as one subscriber hears it: all commits, or those alone that it is to hear of, in order,
 * each at least once. Safe for use by many threads.
 */
public interface CommitFeed {

    /**
     * How far a subscriber is.
     *
     * @param position everything up to here has been dealt with; 0 at first
     * @param state what was kept with it; empty at first
     * @param incarnation the store's
     */
    record Checkpoint(long position, ByteString state, String incarnation) {}

    /** Where the last {@link #save} was. */
    CompletableFuture<Checkpoint> checkpoint();

    /**
     * Remembers that everything up to a position has been dealt with.
     *
     * @param state kept with it, atomically
     */
    CompletableFuture<Void> save(long position, ByteString state);

    /** Follows the log from a position on. The first page comes when it is asked for. */
    Following follow(long afterPosition, Listener listener);

    /** Hears the feed, one call at a time, on any thread. */
    interface Listener {

        /**
         * A page that was asked for.
         *
         * @param position all commits up to here have come, or do not concern the subscriber
         */
        void page(List<Commit> commits, long position);

        /** The feed has broken off; follow anew. The last call. */
        void ended(Throwable failure);
    }

    /** One following, until it is cancelled or ended. */
    interface Following {

        /** Asks for one more page. */
        void next();

        /** Ends it; what is on its way may still come. */
        void cancel();
    }
}
