package io.waybill.writer.memory;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.Invalid;
import io.waybill.proto.eventstore.v1.PredecessorMissing;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Recorded;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.eventstore.v1.VersionConflict;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.store.AppendReply;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.PageReader;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** An event log in memory that keeps the rules of the real one, and can be made to fail. */
public final class MemoryLog implements CommitLog {

    private final EventLoop loop;
    private final List<Commit> commits = new ArrayList<>();
    private final Map<CommandIdentity, Commit> byCommand = new LinkedHashMap<>();
    private final Map<String, Long> versions = new HashMap<>();

    private StoreInfo store =
            StoreInfo.newBuilder().setStoreId("s").setPartitions(1).setIncarnation("i1").build();
    private Supplier<Failure> chance = () -> Failure.NONE;
    private boolean down;
    private int appendCalls;
    private int readCalls;
    private int largestAppend;
    private int maxEventBytes = 100_000;

    /** How a call fails. */
    public enum Failure {
        NONE,
        BEFORE,
        AFTER
    }

    /** A log that answers on a loop, a millisecond later. */
    public MemoryLog(EventLoop loop) {
        this.loop = loop;
    }

    public List<Commit> commits() {
        return commits;
    }

    public long version(String stream) {
        return versions.getOrDefault(stream, 0L);
    }

    public int appendCalls() {
        return appendCalls;
    }

    public int readCalls() {
        return readCalls;
    }

    public int largestAppend() {
        return largestAppend;
    }

    public void down(boolean isDown) {
        down = isDown;
    }

    /** How each call to append fails. */
    public void failures(Supplier<Failure> each) {
        chance = each;
    }

    /** Refuses commits with larger events, as invalid. */
    public void maxEventBytes(int bytes) {
        maxEventBytes = bytes;
    }

    public void store(StoreInfo info) {
        store = info;
    }

    /** Begins as another incarnation that has forgotten the last commits. */
    public void restoreWithout(int lastCommits) {
        List<Commit> kept = List.copyOf(commits.subList(0, commits.size() - lastCommits));
        commits.clear();
        byCommand.clear();
        versions.clear();
        kept.forEach(this::record);
        store = store.toBuilder().setIncarnation(store.getIncarnation() + "+").build();
    }

    /** Writes as another writer would. */
    public List<AppendResult> write(List<ProposedCommit> proposed) {
        return proposed.stream().map(this::write).toList();
    }

    @Override
    public CompletableFuture<AppendReply> append(
            List<ProposedCommit> proposed, String incarnation) {
        appendCalls++;
        largestAppend = Math.max(largestAppend, proposed.size());
        Failure failure = down ? Failure.BEFORE : chance.get();
        return later(
                () -> {
                    if (failure == Failure.BEFORE) {
                        throw new IOException("the store is away");
                    }
                    if (!store.getIncarnation().equals(incarnation)) {
                        return new AppendReply.OtherIncarnation();
                    }
                    List<AppendResult> results = write(proposed);
                    if (failure == Failure.AFTER) {
                        throw new IOException("the answer was lost");
                    }
                    return new AppendReply.Answered(results);
                });
    }

    @Override
    public CompletableFuture<Void> readStream(String stream, long afterVersion, PageReader pages) {
        readCalls++;
        boolean fails = down;
        CompletableFuture<Void> done = new CompletableFuture<>();
        var _ =
                later(
                        () -> {
                            if (fails) {
                                done.completeExceptionally(new IOException("the store is away"));
                                return null;
                            }
                            List<Commit> found =
                                    commits.stream()
                                            .filter(commit -> commit.getStream().equals(stream))
                                            .filter(commit -> commit.getEventsCount() > 0)
                                            .filter(commit -> commit.getVersion() > afterVersion)
                                            .toList();
                            page(found, pages, done);
                            return null;
                        });
        return done;
    }

    /** The first three, and the others when those are taken. */
    private static void page(List<Commit> left, PageReader pages, CompletableFuture<Void> done) {
        int end = Math.min(left.size(), 3);
        if (end == 0) {
            done.complete(null);
        } else {
            pages.take(
                    left.subList(0, end), () -> page(left.subList(end, left.size()), pages, done));
        }
    }

    @Override
    public CompletableFuture<StoreInfo> store() {
        boolean fails = down;
        return later(
                () -> {
                    if (fails) {
                        throw new IOException("the store is away");
                    }
                    return store;
                });
    }

    private AppendResult write(ProposedCommit proposed) {
        Commit before = byCommand.get(proposed.getCommand());
        String stream = proposed.getStream();
        if (before != null) {
            return recorded(before, true);
        }
        if (proposed.hasPredecessor() && !byCommand.containsKey(proposed.getPredecessor())) {
            return AppendResult.newBuilder()
                    .setPredecessorMissing(PredecessorMissing.getDefaultInstance())
                    .build();
        }
        if (version(stream) != proposed.getExpectedVersion()) {
            return AppendResult.newBuilder()
                    .setVersionConflict(
                            VersionConflict.newBuilder().setCurrentVersion(version(stream)))
                    .build();
        }
        if (proposed.getEventsList().stream().anyMatch(e -> e.getData().size() > maxEventBytes)) {
            return AppendResult.newBuilder()
                    .setInvalid(Invalid.newBuilder().setReason("too large"))
                    .build();
        }
        Commit commit =
                Commit.newBuilder()
                        .setPosition(commits.size() + 1)
                        .setStream(stream)
                        .setVersion(proposed.getExpectedVersion() + proposed.getEventsCount())
                        .setCommand(proposed.getCommand())
                        .setFingerprint(proposed.getFingerprint())
                        .setOutcome(proposed.getOutcome())
                        .addAllEvents(proposed.getEventsList())
                        .setMetadata(proposed.getMetadata())
                        .setDecidedAt(proposed.getDecidedAt())
                        .setDeadLetter(proposed.getDeadLetter())
                        .build();
        record(commit);
        return recorded(commit, false);
    }

    private void record(Commit commit) {
        commits.add(commit);
        byCommand.put(commit.getCommand(), commit);
        versions.put(commit.getStream(), commit.getVersion());
    }

    private static AppendResult recorded(Commit commit, boolean duplicate) {
        return AppendResult.newBuilder()
                .setRecorded(
                        Recorded.newBuilder()
                                .setCommit(commit.toBuilder().clearEvents())
                                .setDuplicate(duplicate))
                .build();
    }

    private <T> CompletableFuture<T> later(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.schedule(
                Duration.ofMillis(1),
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Exception e) {
                        result.completeExceptionally(e);
                    }
                });
        return result;
    }
}
