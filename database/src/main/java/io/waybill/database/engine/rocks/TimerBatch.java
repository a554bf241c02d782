package io.waybill.database.engine.rocks;

import com.google.protobuf.ByteString;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.Timer;

import org.rocksdb.WriteBatch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the commits of a batch do to the timers. A timer lies under its name, where it says when it
 * is due, and under that time; so replacing or clearing one costs one look, and a commit without
 * timers none. Used by the one thread that appends.
 */
final class TimerBatch {

    private final OpenStore open;
    private final WriteBatch batch;

    /** When each timer that this batch touches is due, by its key; empty when it is no more. */
    private final Map<ByteString, Optional<byte[]>> touched = new HashMap<>();

    TimerBatch(OpenStore open, WriteBatch batch) {
        this.open = open;
        this.batch = batch;
    }

    /** Follows a commit: to be called in order. */
    void add(Commit commit) {
        for (String name : commit.getTimersClearedList()) {
            byte[] key = Keys.timer(commit.getStream(), name);
            if (unlist(key)) {
                open.delete(batch, Family.TIMERS, key);
                touched.put(ByteString.copyFrom(key), Optional.empty());
            }
        }
        for (Timer timer : commit.getTimersSetList()) {
            byte[] key = Keys.timer(commit.getStream(), timer.getName());
            unlist(key);
            byte[] time = Keys.due(timer.getDue());
            open.put(batch, Family.TIMERS, key, time);
            open.put(batch, Family.DUE, Keys.due(time, key), listed(commit, timer));
            touched.put(ByteString.copyFrom(key), Optional.of(time));
        }
    }

    /** Takes a timer off its time; whether it was there. */
    private boolean unlist(byte[] key) {
        Optional<byte[]> time =
                touched.computeIfAbsent(
                        ByteString.copyFrom(key), untouched -> open.get(Family.TIMERS, key));
        time.ifPresent(due -> open.delete(batch, Family.DUE, Keys.due(due, key)));
        return time.isPresent();
    }

    private static byte[] listed(Commit commit, Timer timer) {
        return DueTimer.newBuilder()
                .setStream(commit.getStream())
                .setTimer(timer)
                .setPosition(commit.getPosition())
                .build()
                .toByteArray();
    }
}
