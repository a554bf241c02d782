package io.waybill.writer.decide;

import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.wire.failure.ErrorCode;

import java.util.List;

/** What comes of a command, ready to be stored. */
public sealed interface Decision {

    /**
     * It takes effect.
     *
     * @param requests what is sent once the commit is recorded; a timer sends it again
     */
    record Accepted(List<RecordedEvent> events, TimerChanges timers, List<SagaRequest> requests)
            implements Decision {

        /** It takes effect, with events alone. */
        public Accepted(List<RecordedEvent> events) {
            this(events, TimerChanges.NONE, List.of());
        }
    }

    /**
     * It is refused.
     *
     * @param message a sentence for a person
     * @param field the field at fault, or empty
     */
    record Refused(ErrorCode code, String message, String field) implements Decision {}

    /** There is nothing to do and nothing to remember: no commit. For the saga's own commands. */
    record Needless() implements Decision {}
}
