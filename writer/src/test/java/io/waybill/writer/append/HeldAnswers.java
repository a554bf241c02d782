package io.waybill.writer.append;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.DueTimersResponse;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Snapshot;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.writer.store.AppendReply;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.PageReader;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A log that appends at once and can keep what it answers to itself for a while. */
final class HeldAnswers implements CommitLog {

    private final CommitLog log;
    private CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    HeldAnswers(CommitLog log) {
        this.log = log;
    }

    void hold() {
        gate = new CompletableFuture<>();
    }

    void release() {
        gate.complete(null);
    }

    @Override
    public CompletableFuture<AppendReply> append(List<ProposedCommit> commits, String incarnation) {
        return log.append(commits, incarnation).thenCombine(gate, (reply, opened) -> reply);
    }

    @Override
    public CompletableFuture<Void> readStream(
            String stream, long afterVersion, String snapshotSchema, PageReader pages) {
        return log.readStream(stream, afterVersion, snapshotSchema, pages);
    }

    @Override
    public CompletableFuture<Void> saveSnapshot(Snapshot snapshot) {
        return log.saveSnapshot(snapshot);
    }

    @Override
    public CompletableFuture<Optional<Commit>> find(CommandIdentity command) {
        return log.find(command);
    }

    @Override
    public CompletableFuture<DueTimersResponse> dueTimers(
            Optional<DueTimer> after, Instant until, int limit) {
        return log.dueTimers(after, until, limit);
    }

    @Override
    public CompletableFuture<StoreInfo> store() {
        return log.store();
    }
}
