package io.waybill.writer.memory;

import com.google.protobuf.ByteString;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.DueTimersResponse;
import io.waybill.proto.eventstore.v1.Invalid;
import io.waybill.proto.eventstore.v1.PredecessorMissing;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.ReadStreamResponse;
import io.waybill.proto.eventstore.v1.Recorded;
import io.waybill.proto.eventstore.v1.Snapshot;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.proto.eventstore.v1.VersionConflict;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.store.AppendReply;
import io.waybill.writer.store.CommitFeed;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.PageReader;
import io.waybill.writer.time.ProtoTime;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** An event log in memory that keeps the rules of the real one, and can be made to fail. */
public final class MemoryLog implements CommitLog, CommitFeed {

    private static final Comparator<DueTimer> IN_ORDER =
            Comparator.comparing(MemoryLog::due)
                    .thenComparing(DueTimer::getStream)
                    .thenComparing(timer -> timer.getTimer().getName());

    private final EventLoop loop;
    private final List<Commit> commits = new ArrayList<>();
    private final Map<CommandIdentity, Commit> byCommand = new LinkedHashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Map<String, DueTimer>> timers = new LinkedHashMap<>();
    private final MemoryFollowers followers;

    private StoreInfo store =
            StoreInfo.newBuilder().setStoreId("s").setPartitions(1).setIncarnation("i1").build();
    private Supplier<Failure> chance = () -> Failure.NONE;
    private Consumer<Commit> witness = commit -> {};
    private Predicate<ProposedCommit> unlucky = proposed -> false;
    private Predicate<ProposedCommit> invalid = proposed -> false;
    private boolean down;
    private long checkpoint;
    private int appendCalls;
    private int readCalls;
    private int commitsRead;
    private int dueCalls;
    private int timersGiven;
    private final Map<String, Snapshot> snapshots = new HashMap<>();
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
        this.followers = new MemoryFollowers(loop, commits, MemoryLog::concernsSagas);
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

    /** How often somebody asked for the timers that are due. */
    public int dueCalls() {
        return dueCalls;
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

    /** Sees each commit as it is recorded, before anybody else hears of it. */
    public void witness(Consumer<Commit> each) {
        witness = each;
    }

    /** Gives those who follow nothing from the first such commit on. */
    public void unheard(Predicate<Commit> from) {
        followers.unheard(from);
    }

    /** Finds the stream of each such commit moved by somebody else meanwhile. */
    public void unlucky(Predicate<ProposedCommit> each) {
        unlucky = each;
    }

    /** Refuses each such commit that has events, as invalid. */
    public void invalid(Predicate<ProposedCommit> each) {
        invalid = each;
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
        timers.clear();
        checkpoint = Math.min(checkpoint, kept.size());
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
    public CompletableFuture<Void> readStream(
            String stream, long afterVersion, String snapshotSchema, PageReader pages) {
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
                            Snapshot kept = snapshots.get(stream);
                            boolean begins =
                                    kept != null
                                            && kept.getSchema().equals(snapshotSchema)
                                            && kept.getVersion() > afterVersion;
                            long from = begins ? kept.getVersion() : afterVersion;
                            List<Commit> found =
                                    commits.stream()
                                            .filter(commit -> commit.getStream().equals(stream))
                                            .filter(commit -> commit.getEventsCount() > 0)
                                            .filter(commit -> commit.getVersion() > from)
                                            .toList();
                            if (begins) {
                                pages.take(
                                        ReadStreamResponse.newBuilder().setSnapshot(kept).build(),
                                        () -> page(found, pages, done));
                            } else {
                                page(found, pages, done);
                            }
                            return null;
                        });
        return done;
    }

    /** The first three, and the others when those are taken. */
    private void page(List<Commit> left, PageReader pages, CompletableFuture<Void> done) {
        int end = Math.min(left.size(), 3);
        if (end == 0) {
            done.complete(null);
        } else {
            commitsRead += end;
            pages.take(
                    ReadStreamResponse.newBuilder().addAllCommits(left.subList(0, end)).build(),
                    () -> page(left.subList(end, left.size()), pages, done));
        }
    }

    @Override
    public CompletableFuture<Void> saveSnapshot(Snapshot snapshot) {
        snapshots.put(snapshot.getStream(), snapshot);
        return CompletableFuture.completedFuture(null);
    }

    /** The snapshots that are kept, by stream; they may be changed. */
    public Map<String, Snapshot> snapshots() {
        return snapshots;
    }

    /** How many commits were read of streams. */
    public int commitsRead() {
        return commitsRead;
    }

    /** How many timers were given to who asked for those that are due. */
    public int timersGiven() {
        return timersGiven;
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
            return recorded(as(proposed.getCommand(), before), true);
        }
        if (proposed.hasPredecessor() && !byCommand.containsKey(proposed.getPredecessor())) {
            return AppendResult.newBuilder()
                    .setPredecessorMissing(PredecessorMissing.getDefaultInstance())
                    .build();
        }
        boolean late = proposed.hasForecloses() && byCommand.containsKey(proposed.getForecloses());
        if (late || unlucky.test(proposed) || version(stream) != proposed.getExpectedVersion()) {
            return AppendResult.newBuilder()
                    .setVersionConflict(
                            VersionConflict.newBuilder().setCurrentVersion(version(stream)))
                    .build();
        }
        boolean refused = invalid.test(proposed) && proposed.getEventsCount() > 0;
        if (refused
                || proposed.getEventsList().stream()
                        .anyMatch(e -> e.getData().size() > maxEventBytes)) {
            return AppendResult.newBuilder()
                    .setInvalid(Invalid.newBuilder().setReason("too large"))
                    .build();
        }
        Commit.Builder commit =
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
                        .addAllTimersSet(proposed.getTimersSetList())
                        .addAllTimersCleared(proposed.getTimersClearedList());
        if (proposed.hasForecloses()) {
            commit.setForeclosed(proposed.getForecloses());
        }
        Commit whole = commit.build();
        record(whole);
        return recorded(whole, false);
    }

    /** A commit as it stands for a command: for one that it foreclosed, as its refusal. */
    private static Commit as(CommandIdentity command, Commit commit) {
        return commit.getCommand().equals(command)
                ? commit
                : commit.toBuilder()
                        .setCommand(command)
                        .clearEvents()
                        .clearFingerprint()
                        .setOutcome(
                                Outcome.newBuilder()
                                        .setKind(OutcomeKind.OUTCOME_KIND_REJECTED)
                                        .setCode("UNDONE"))
                        .build();
    }

    private void record(Commit commit) {
        commits.add(commit);
        byCommand.put(commit.getCommand(), commit);
        if (commit.hasForeclosed()) {
            byCommand.put(commit.getForeclosed(), commit);
        }
        versions.put(commit.getStream(), commit.getVersion());
        Map<String, DueTimer> own =
                timers.computeIfAbsent(commit.getStream(), stream -> new HashMap<>());
        commit.getTimersClearedList().forEach(own::remove);
        for (Timer timer : commit.getTimersSetList()) {
            own.put(
                    timer.getName(),
                    DueTimer.newBuilder()
                            .setStream(commit.getStream())
                            .setTimer(timer)
                            .setPosition(commit.getPosition())
                            .build());
        }
        witness.accept(commit);
        followers.look();
    }

    /** The timers that stand, in order of their time. */
    public List<DueTimer> timers() {
        List<DueTimer> all = new ArrayList<>();
        timers.values().forEach(own -> all.addAll(own.values()));
        all.sort(IN_ORDER);
        return all;
    }

    private static Instant due(DueTimer timer) {
        return ProtoTime.toInstant(timer.getTimer().getDue());
    }

    @Override
    public CompletableFuture<Optional<Commit>> find(CommandIdentity command) {
        boolean fails = down;
        return later(
                () -> {
                    if (fails) {
                        throw new IOException("the store is away");
                    }
                    return Optional.ofNullable(byCommand.get(command))
                            .map(commit -> as(command, commit));
                });
    }

    @Override
    public CompletableFuture<DueTimersResponse> dueTimers(
            Optional<DueTimer> after, Instant until, int limit) {
        dueCalls++;
        boolean fails = down;
        return later(
                () -> {
                    if (fails) {
                        throw new IOException("the store is away");
                    }
                    DueTimersResponse.Builder response = DueTimersResponse.newBuilder();
                    for (DueTimer timer : timers()) {
                        if (after.isPresent() && IN_ORDER.compare(timer, after.get()) <= 0) {
                            continue;
                        }
                        if (response.getTimersCount() < limit && !due(timer).isAfter(until)) {
                            response.addTimers(timer);
                            timersGiven++;
                        } else {
                            return response.setNextDue(timer.getTimer().getDue()).build();
                        }
                    }
                    return response.build();
                });
    }

    @Override
    public CompletableFuture<Checkpoint> checkpoint() {
        return later(() -> new Checkpoint(checkpoint, ByteString.EMPTY, store.getIncarnation()));
    }

    @Override
    public CompletableFuture<Void> save(long position, ByteString state) {
        return later(
                () -> {
                    checkpoint = Math.max(checkpoint, position);
                    return null;
                });
    }

    @Override
    public Following follow(long afterPosition, Listener listener) {
        return followers.follow(afterPosition, listener);
    }

    /** Breaks off all that follow. */
    public void breakOff() {
        followers.breakOff();
    }

    private static boolean concernsSagas(Commit commit) {
        return commit.getMetadata().hasSaga() || commit.getStream().startsWith("shopping/");
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
