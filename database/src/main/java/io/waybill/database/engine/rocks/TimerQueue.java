package io.waybill.database.engine.rocks;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.database.engine.DueTimers;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads timers in the order of their time: one scan that ends with the first that is not given. */
final class TimerQueue {

    private final Instant until;
    private final int limit;
    private final List<DueTimer> due = new ArrayList<>();
    private Optional<Instant> next = Optional.empty();

    private TimerQueue(Instant until, int limit) {
        this.until = until;
        this.limit = limit;
    }

    static DueTimers due(OpenStore open, Optional<DueTimer> after, Instant until, int limit) {
        TimerQueue queue = new TimerQueue(until, limit);
        byte[] from = after.map(TimerQueue::behind).orElseGet(() -> new byte[0]);
        open.scan(Family.DUE, from, Keys.dueEnd(), entry -> queue.takes(entry.value()));
        return new DueTimers(queue.due, queue.next);
    }

    private static byte[] behind(DueTimer place) {
        Timer timer = place.getTimer();
        return Keys.dueBehind(timer.getDue(), Keys.timer(place.getStream(), timer.getName()));
    }

    /** Takes a timer if it is due, and says whether to go on. */
    private boolean takes(byte[] entry) {
        DueTimer timer = parse(entry);
        Instant at =
                Instant.ofEpochSecond(
                        timer.getTimer().getDue().getSeconds(),
                        timer.getTimer().getDue().getNanos());
        if (due.size() == limit || at.isAfter(until)) {
            next = Optional.of(at);
            return false;
        }
        due.add(timer);
        return true;
    }

    private static DueTimer parse(byte[] bytes) {
        try {
            return DueTimer.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new WaybillException(ErrorCode.INTERNAL, "a timer cannot be read").causedBy(e);
        }
    }
}
