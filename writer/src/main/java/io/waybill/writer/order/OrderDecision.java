package io.waybill.writer.order;

import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.saga.Request;
import io.waybill.writer.saga.WakeUp;

import java.util.List;

/** What comes of a command: events, and what its saga is to do once they are recorded. */
public sealed interface OrderDecision {

    /**
     * It takes effect; with no events it already had, or is only to send something again.
     *
     * @param requests at most one
     */
    record Accepted(List<OrderEvent> events, WakeUp wakeUp, List<Request> requests)
            implements OrderDecision {

        public Accepted {
            events = List.copyOf(events);
            requests = List.copyOf(requests);
        }
    }

    /**
     * It is refused.
     *
     * @param sentence for a person
     * @param field the field at fault by its path, or empty
     */
    record Refused(RefusalCode code, String sentence, String field) implements OrderDecision {}

    /** There is nothing to do and nothing to remember. For the saga's own commands. */
    record Needless() implements OrderDecision {}
}
