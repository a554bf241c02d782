package io.waybill.writer.store;

import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.StoreInfo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The event log. Calls return at once and may be many at a time; results may come on any thread. A
 * failed future means that the store did not answer: what it did is unknown, and the same call may
 * be repeated.
 */
public interface CommitLog {

    /**
     * Appends each commit, in order, or says why not.
     *
     * @return one result for each, in the same order, when all that was written is on disk
     */
    CompletableFuture<List<AppendResult>> append(List<ProposedCommit> commits);

    /**
     * Reads the commits of a stream that hold events, in order of their versions.
     *
     * @param page takes them, some at a time, one call after the other, all before the future
     *     completes
     */
    CompletableFuture<Void> readStream(
            String stream, long afterVersion, Consumer<List<Commit>> page);

    /** Which store this is. */
    CompletableFuture<StoreInfo> store();
}
