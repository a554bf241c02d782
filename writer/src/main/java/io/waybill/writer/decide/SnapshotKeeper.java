package io.waybill.writer.decide;

import io.waybill.proto.eventstore.v1.Snapshot;
import io.waybill.writer.store.CommitLog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a snapshot whenever a stream has passed another thousand events. Nothing waits for it, and
 * one that cannot be kept costs nothing but time later. Used on the pipeline's event loop.
 */
public final class SnapshotKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);
    private static final long EVERY = 1_000;

    private final CommitLog log;

    /** Keeps snapshots beside a log. */
    public SnapshotKeeper(CommitLog log) {
        this.log = log;
    }

    /** An aggregate that is durable up to a version was known up to an earlier one before. */
    public void passed(String stream, long before, Folded<?> now) {
        if (now.version() / EVERY > before / EVERY) {
            now.snapshot(stream).ifPresent(this::keep);
        }
    }

    private void keep(Snapshot snapshot) {
        var _ =
                log.saveSnapshot(snapshot)
                        .whenComplete(
                                (kept, failure) -> {
                                    if (failure != null) {
                                        LOG.debug(
                                                "no snapshot of {} is kept",
                                                snapshot.getStream(),
                                                failure);
                                    }
                                });
    }
}
