package io.waybill.database.engine.rocks;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.eventstore.v1.Snapshot;

import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/**
 * Streams' snapshots, in a family of their own that may be emptied or dropped at any time. One is
 * never newer than its stream, after a power cut either: it is written after the commits that it
 * stands for, and what is written first reaches the disk first.
 */
final class SnapshotCache {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotCache.class);

    private SnapshotCache() {}

    static void put(OpenStore open, Snapshot snapshot) {
        try (WriteBatch batch = new WriteBatch()) {
            byte[] stream = Keys.stream(snapshot.getStream());
            open.put(batch, Family.SNAPSHOTS, stream, snapshot.toByteArray());
            open.write(batch);
        }
    }

    /** One that cannot be read is none: the commits say the same. */
    static Optional<Snapshot> get(OpenStore open, String stream) {
        return open.get(Family.SNAPSHOTS, Keys.stream(stream)).flatMap(SnapshotCache::parse);
    }

    private static Optional<Snapshot> parse(byte[] bytes) {
        try {
            return Optional.of(Snapshot.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("a snapshot cannot be read and is left out", e);
            return Optional.empty();
        }
    }
}
