package io.waybill.database.engine.memory;

import io.waybill.database.engine.AppendDecisions;
import io.waybill.database.engine.Appended;
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

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A log in memory. Its own lock guards all of it. */
final class MemoryEventLog implements EventLog, AppendDecisions.Standing {

    private final List<Commit> commits = new ArrayList<>();
    private final Map<CommandIdentity, Commit> byCommand = new HashMap<>();
    private final Map<String, NavigableMap<Long, Commit>> streams = new HashMap<>();
    private final MemoryTimers timers = new MemoryTimers();
    private final Map<String, Snapshot> snapshots = new HashMap<>();

    @Override
    public synchronized long end() {
        return commits.size();
    }

    @Override
    public synchronized Appended append(List<ProposedCommit> proposed) {
        Appended appended = AppendDecisions.decide(0, end(), proposed, this);
        for (Commit commit : appended.written()) {
            commits.add(commit);
            byCommand.put(commit.getCommand(), commit);
            if (commit.hasForeclosed()) {
                byCommand.put(commit.getForeclosed(), Foreclosure.of(commit));
            }
            timers.add(commit);
            if (commit.getEventsCount() > 0) {
                streams.computeIfAbsent(commit.getStream(), stream -> new TreeMap<>())
                        .put(commit.getVersion(), commit);
            }
        }
        return appended;
    }

    @Override
    public synchronized Optional<Commit> find(CommandIdentity command) {
        return Optional.ofNullable(byCommand.get(command));
    }

    @Override
    public synchronized boolean isRecorded(CommandIdentity command) {
        return byCommand.containsKey(command);
    }

    @Override
    public synchronized long version(String stream) {
        NavigableMap<Long, Commit> history = streams.get(stream);
        return history == null ? 0 : history.lastKey();
    }

    @Override
    public synchronized List<Commit> readStream(String stream, long afterVersion, PageLimit limit) {
        NavigableMap<Long, Commit> history = streams.getOrDefault(stream, new TreeMap<>());
        return page(history.tailMap(afterVersion, false).values(), limit);
    }

    @Override
    public synchronized List<Commit> readStreamBack(
            String stream, long upToVersion, PageLimit limit) {
        NavigableMap<Long, Commit> history = streams.getOrDefault(stream, new TreeMap<>());
        Long holder = history.ceilingKey(upToVersion);
        NavigableMap<Long, Commit> upTo = holder == null ? history : history.headMap(holder, true);
        return page(upToVersion < 1 ? List.of() : upTo.descendingMap().values(), limit);
    }

    @Override
    public synchronized List<Commit> read(long afterPosition, PageLimit limit) {
        int from = (int) Math.min(afterPosition, commits.size());
        return page(commits.subList(from, commits.size()), limit);
    }

    @Override
    public synchronized DueTimers dueTimers(Optional<DueTimer> after, Instant until, int limit) {
        return timers.due(after, until, limit);
    }

    @Override
    public synchronized void saveSnapshot(Snapshot snapshot) {
        SnapshotRules.check(snapshot, version(snapshot.getStream()));
        snapshots.put(snapshot.getStream(), snapshot);
    }

    @Override
    public synchronized Optional<Snapshot> snapshot(String stream) {
        return Optional.ofNullable(snapshots.get(stream));
    }

    private static List<Commit> page(Iterable<Commit> from, PageLimit limit) {
        List<Commit> page = new ArrayList<>();
        int bytes = 0;
        for (Commit commit : from) {
            if (page.size() == limit.commits() || bytes >= limit.bytes()) {
                break;
            }
            page.add(commit);
            bytes += commit.getSerializedSize();
        }
        return page;
    }
}
