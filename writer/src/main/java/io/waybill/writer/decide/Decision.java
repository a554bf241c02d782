package io.waybill.writer.decide;

import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.wire.failure.ErrorCode;

import java.util.List;

/** What comes of a command, ready to be stored. */
public sealed interface Decision {

    /** It takes effect, with these events. */
    record Accepted(List<RecordedEvent> events) implements Decision {}

    /**
     * It is refused.
     *
     * @param message a sentence for a person
     * @param field the field at fault, or empty
     */
    record Refused(ErrorCode code, String message, String field) implements Decision {}
}
