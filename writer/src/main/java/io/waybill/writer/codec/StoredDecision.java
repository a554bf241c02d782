package io.waybill.writer.codec;

import com.google.protobuf.Message;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.decide.TimerChanges;
import io.waybill.writer.domain.RefusalCode;

import java.util.List;
import java.util.function.Function;

/** The domain's decisions in the form in which they are stored. */
final class StoredDecision {

    private StoredDecision() {}

    /** A decision of an aggregate without timers. */
    static <E> Decision of(
            io.waybill.writer.domain.Decision<E> decision, Function<E, Message> write) {
        return of(decision, write, events -> TimerChanges.NONE);
    }

    /**
     * A decision.
     *
     * @param timers what the events do to the timers
     */
    static <E> Decision of(
            io.waybill.writer.domain.Decision<E> decision,
            Function<E, Message> write,
            Function<List<E>, TimerChanges> timers) {
        return switch (decision) {
            case io.waybill.writer.domain.Decision.Accepted<E>(var events) ->
                    new Decision.Accepted(
                            events.stream().map(write).map(StoredEvents::recorded).toList(),
                            timers.apply(events),
                            List.of());
            case io.waybill.writer.domain.Decision.Refused<E>(var code, var sentence, var field) ->
                    new Decision.Refused(code(code), sentence, field);
        };
    }

    /** The code that clients see. */
    static ErrorCode code(RefusalCode code) {
        return ErrorCode.valueOf(code.name());
    }
}
