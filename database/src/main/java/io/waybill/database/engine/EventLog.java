package io.waybill.database.engine;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The log of one partition. Commits never change. Positions begin with 1, increase by one, and
 * follow the order of commits: who has read up to n has seen everything up to n, after a crash too.
 *
 * <p>Reads are safe for use by many threads and see only what is durable. Every method fails with
 * UNAVAILABLE while the store cannot be reached; a read may then be tried again.
 */
public interface EventLog {

    /** The position of the last commit that is durable; 0 for an empty log. */
    long end();

    /**
     * Appends each proposed commit, in order, or says why not, as {@link AppendDecisions} decides;
     * all that is written is written at once, and is durable when this returns. Nothing is visible
     * before.
     *
     * <p>When it fails with UNAVAILABLE it is unknown whether the batch was written: the whole or
     * nothing of it. To repeat it is safe. With RESOURCE_EXHAUSTED nothing was written.
     *
     * <p>Not promised: that several threads may append at the same time. One at a time does.
     */
    Appended append(List<ProposedCommit> proposed);

    /**
     * What is recorded of a command: its commit, whole; or, when another command's commit
     * foreclosed it, what {@link Foreclosure} makes of that.
     */
    Optional<Commit> find(CommandIdentity command);

    /**
     * The commits of a stream that hold events, in order of version, after a version. Empty when
     * there are no more; otherwise at least one and at most what the limit allows.
     */
    List<Commit> readStream(String stream, long afterVersion, PageLimit limit);

    /**
     * The commits of a stream that hold events up to a version, the last first; the first of them
     * may hold later ones besides. Empty when there are none; otherwise as many as {@link
     * #readStream} gives. Costs what it gives.
     *
     * @param upToVersion {@link Long#MAX_VALUE} for the end of the stream
     */
    List<Commit> readStreamBack(String stream, long upToVersion, PageLimit limit);

    /**
     * The commits after a position, refusals too, without a gap; as many as {@link #readStream}
     * gives.
     */
    List<Commit> read(long afterPosition, PageLimit limit);

    /**
     * The timers that are due at a time or before, at most {@code limit}, those that are due first
     * first. They follow from the commits alone: a stream's timer of a name stands from the commit
     * that sets it until the next one that clears it or sets it anew. Those of one time are in an
     * order that does not change. Costs what it gives, not what stands.
     *
     * @param after only those that come after this one, whether it stands or not: by its time,
     *     stream and name
     */
    DueTimers dueTimers(Optional<DueTimer> after, Instant until, int limit);

    /**
     * Keeps a snapshot in place of the one that its stream had, whatever its version and schema.
     * Not promised: that it is durable when this returns, or that it stays.
     *
     * @throws io.waybill.wire.failure.WaybillException BAD_USER_INPUT as {@link SnapshotRules} says
     */
    void saveSnapshot(Snapshot snapshot);

    /** A stream's snapshot, if one is kept; never of a version that the stream has not reached. */
    Optional<Snapshot> snapshot(String stream);
}
