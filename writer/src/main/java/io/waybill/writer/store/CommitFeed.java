package io.waybill.writer.store;

import io.waybill.proto.eventstore.v1.Commit;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The log as sagas hear it: the commits that orders caused, and those of shopping lists, in order,
 * each at least once. Safe for use by many threads.
 */
public interface CommitFeed {

    /** Where the last {@link #save} was; 0 when there was none. */
    CompletableFuture<Long> checkpoint();

    /** Remembers that everything up to a position has been dealt with. */
    CompletableFuture<Void> save(long position);

    /** Follows the log from a position on. The first page comes when it is asked for. */
    Following follow(long afterPosition, Listener listener);

    /** Hears the feed, one call at a time, on any thread. */
    interface Listener {

        /**
         * A page that was asked for.
         *
         * @param position all commits up to here have come, or do not concern sagas
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
