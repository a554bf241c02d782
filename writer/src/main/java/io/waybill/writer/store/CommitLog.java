package io.waybill.writer.store;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.DueTimersResponse;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Snapshot;
import io.waybill.proto.eventstore.v1.StoreInfo;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The event log. Calls return at once and may be many at a time; results may come on any thread. A
 * failed future means that the store did not answer: what it did is unknown, and the same call may
 * be repeated.
 */
public interface CommitLog {

    /**
     * Appends each commit, in order, or says why not.
     *
     * @param incarnation the store's incarnation that they were decided on
     */
    CompletableFuture<AppendReply> append(List<ProposedCommit> commits, String incarnation);

    /**
     * Reads the commits of a stream that hold events, in order of their versions, and no faster
     * than they are taken.
     *
     * @param snapshotSchema when not empty, a snapshot of this schema may stand for what comes
     *     before its version
     * @param pages takes them all before the future completes
     */
    CompletableFuture<Void> readStream(
            String stream, long afterVersion, String snapshotSchema, PageReader pages);

    /** Keeps a snapshot in place of the one before. Nothing depends on it. */
    CompletableFuture<Void> saveSnapshot(Snapshot snapshot);

    /** What is recorded for a command, with its events; empty when nothing is. */
    CompletableFuture<Optional<Commit>> find(CommandIdentity command);

    /**
     * The timers that are due, in order of their time, and when the next one is.
     *
     * @param after only those that come after this one, whether it stands or not: by its time,
     *     stream and name
     * @param until those due at this time or before
     * @param limit at most so many, 1 to 1,000
     */
    CompletableFuture<DueTimersResponse> dueTimers(
            Optional<DueTimer> after, Instant until, int limit);

    /** Which store this is. */
    CompletableFuture<StoreInfo> store();
}
