package io.waybill.database.engine.rocks;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.database.engine.AppendDecisions;
import io.waybill.database.engine.Appended;
import io.waybill.database.engine.Direction;
import io.waybill.database.engine.DueTimers;
import io.waybill.database.engine.EventLog;
import io.waybill.database.engine.Foreclosure;
import io.waybill.database.engine.PageLimit;
import io.waybill.database.engine.SnapshotRules;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Snapshot;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.files.DiskSpace;

import org.rocksdb.WriteBatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The log in RocksDB. Its own lock lets one append in at a time. */
final class RocksEventLog implements EventLog {

    private static final int PARTITION = 0;
    private static final Duration UNTIL_THERE_MAY_BE_ROOM = Duration.ofSeconds(5);

    private final RocksStore store;
    private final Disk disk;
    private final long lowWaterBytes;

    RocksEventLog(RocksStore store, Disk disk, long lowWaterBytes) {
        this.store = store;
        this.disk = disk;
        this.lowWaterBytes = lowWaterBytes;
    }

    @Override
    public long end() {
        return store.read(OpenStore::end);
    }

    @Override
    public synchronized Appended append(List<ProposedCommit> proposed) {
        return store.write(
                open -> {
                    Appended appended =
                            AppendDecisions.decide(
                                    PARTITION, open.end(), proposed, new Standing(open));
                    if (!appended.written().isEmpty()) {
                        refuseWhenTheDiskIsFull();
                        write(open, appended.written());
                    }
                    return appended;
                });
    }

    private static void write(OpenStore open, List<Commit> commits) {
        try (WriteBatch batch = new WriteBatch()) {
            TimerBatch timers = new TimerBatch(open, batch);
            for (Commit commit : commits) {
                byte[] position = Keys.number(commit.getPosition());
                open.put(batch, Family.LOG, position, commit.toByteArray());
                open.put(batch, Family.COMMANDS, Keys.command(commit.getCommand()), position);
                if (commit.hasForeclosed()) {
                    byte[] foreclosed = Keys.command(commit.getForeclosed());
                    open.put(batch, Family.COMMANDS, foreclosed, position);
                }
                timers.add(commit);
                if (commit.getEventsCount() > 0) {
                    String stream = commit.getStream();
                    long version = commit.getVersion();
                    open.put(batch, Family.STREAMS, Keys.streamVersion(stream, version), position);
                    open.put(batch, Family.STREAMS, Keys.streamHead(stream), Keys.number(version));
                }
            }
            open.writeDurably(batch);
        }
        open.advance(commits.getLast().getPosition());
    }

    private void refuseWhenTheDiskIsFull() {
        DiskSpace room = disk.room(store.folder(), lowWaterBytes);
        if (room.isUsedUp()) {
            throw new WaybillException(ErrorCode.RESOURCE_EXHAUSTED, room.refusal())
                    .retryAfter(UNTIL_THERE_MAY_BE_ROOM);
        }
    }

    @Override
    public Optional<Commit> find(CommandIdentity command) {
        return store.read(open -> find(open, command));
    }

    private static Optional<Commit> find(OpenStore open, CommandIdentity command) {
        return open.get(Family.COMMANDS, Keys.command(command))
                .flatMap(position -> open.get(Family.LOG, position))
                .map(RocksEventLog::parse)
                .map(commit -> Foreclosure.recordOf(command, commit));
    }

    @Override
    public List<Commit> readStream(String stream, long afterVersion, PageLimit limit) {
        return store.read(
                open -> {
                    Page page = new Page(limit);
                    open.scan(
                            Family.STREAMS,
                            Keys.streamVersion(stream, afterVersion + 1),
                            Keys.streamEnd(stream),
                            entry -> page.takes(open.get(Family.LOG, entry.value()).orElseThrow()));
                    return page.commits;
                });
    }

    @Override
    public List<Commit> readStreamBack(String stream, long upToVersion, PageLimit limit) {
        if (upToVersion < 1) {
            return List.of();
        }
        return store.read(
                open -> {
                    Page page = new Page(limit);
                    try (Reading moment = open.readingOfThisMoment()) {
                        moment.scan(
                                Family.STREAMS,
                                Keys.streamVersion(stream, 1),
                                behind(moment, stream, upToVersion),
                                Direction.BACKWARD,
                                entry ->
                                        page.takes(
                                                moment.get(Family.LOG, entry.value())
                                                        .orElseThrow()));
                    }
                    return page.commits;
                });
    }

    /** The first key behind the commit that holds a version; else behind the stream. */
    private static byte[] behind(Reading moment, String stream, long version) {
        byte[] end = Keys.streamEnd(stream);
        byte[][] found = {end};
        moment.scan(
                Family.STREAMS,
                Keys.streamVersion(stream, version),
                end,
                Direction.FORWARD,
                entry -> {
                    found[0] = Keys.justBehind(entry.key());
                    return false;
                });
        return found[0];
    }

    @Override
    public List<Commit> read(long afterPosition, PageLimit limit) {
        return store.read(
                open -> {
                    Page page = new Page(limit);
                    long end = open.end();
                    if (afterPosition < end) {
                        open.scan(
                                Family.LOG,
                                Keys.number(afterPosition + 1),
                                Keys.number(end + 1),
                                entry -> page.takes(entry.value()));
                    }
                    return page.commits;
                });
    }

    @Override
    public DueTimers dueTimers(Optional<DueTimer> after, Instant until, int limit) {
        return store.read(open -> TimerQueue.due(open, after, until, limit));
    }

    @Override
    public void saveSnapshot(Snapshot snapshot) {
        store.write(
                open -> {
                    SnapshotRules.check(snapshot, version(open, snapshot.getStream()));
                    refuseWhenTheDiskIsFull();
                    SnapshotCache.put(open, snapshot);
                    return snapshot;
                });
    }

    @Override
    public Optional<Snapshot> snapshot(String stream) {
        return store.read(open -> SnapshotCache.get(open, stream));
    }

    private static long version(OpenStore open, String stream) {
        return open.get(Family.STREAMS, Keys.streamHead(stream)).map(Keys::number).orElse(0L);
    }

    private static Commit parse(byte[] bytes) {
        try {
            return Commit.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new WaybillException(ErrorCode.INTERNAL, "a commit in the log cannot be read")
                    .causedBy(e);
        }
    }

    /** Collects commits up to a limit. */
    private static final class Page {
        private final PageLimit limit;
        private final List<Commit> commits = new ArrayList<>();
        private int bytes;

        private Page(PageLimit limit) {
            this.limit = limit;
        }

        /** Takes a commit, and says whether there is room for another. */
        private boolean takes(byte[] commit) {
            commits.add(parse(commit));
            bytes += commit.length;
            return commits.size() < limit.commits() && bytes < limit.bytes();
        }
    }

    private record Standing(OpenStore open) implements AppendDecisions.Standing {
        @Override
        public Optional<Commit> find(CommandIdentity command) {
            return RocksEventLog.find(open, command);
        }

        @Override
        public boolean isRecorded(CommandIdentity command) {
            return open.get(Family.COMMANDS, Keys.command(command)).isPresent();
        }

        @Override
        public long version(String stream) {
            return RocksEventLog.version(open, stream);
        }
    }
}
