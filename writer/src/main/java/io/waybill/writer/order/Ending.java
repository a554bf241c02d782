package io.waybill.writer.order;

import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.saga.Step;

/** What an order comes to once everything is undone. */
public sealed interface Ending {

    /**
     * A step could not be done.
     *
     * @param message a sentence for a person
     */
    record Rejection(Step step, RefusalCode code, String message) implements Ending {

        boolean isDeclined() {
            return code == RefusalCode.RESTAURANT_DECLINED;
        }
    }

    /** The customer took it back. */
    record Cancellation() implements Ending {}
}
