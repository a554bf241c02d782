package io.waybill.database.engine;

import io.waybill.proto.eventstore.v1.Snapshot;
import io.waybill.wire.failure.WaybillException;

/** What a snapshot must be to be kept by any engine. */
public final class SnapshotRules {

    private static final int MOST_BYTES = 1 << 20;

    private SnapshotRules() {}

    /**
     * Refuses with BAD_USER_INPUT what is no snapshot.
     *
     * @param reached the version of its stream
     */
    public static void check(Snapshot snapshot, long reached) {
        if (CommitRules.isNoStream(snapshot.getStream())) {
            throw WaybillException.badInput(
                    "snapshot.stream",
                    "snapshot.stream must be <aggregate>/<id> of at most 200 characters");
        }
        if (CommitRules.isNoKey(snapshot.getSchema())) {
            throw WaybillException.badInput(
                    "snapshot.schema",
                    "snapshot.schema must be 1 to 200 characters, none of them control characters");
        }
        if (snapshot.getVersion() < 1 || snapshot.getVersion() > reached) {
            throw WaybillException.badInput(
                    "snapshot.version",
                    "snapshot.version must be one that the stream has reached: it is at %d"
                            .formatted(reached));
        }
        if (snapshot.getState().size() > MOST_BYTES) {
            throw WaybillException.badInput(
                    "snapshot.state", "snapshot.state must be at most 1 MB");
        }
    }
}
