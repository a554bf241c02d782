package io.waybill.writer.order;

import io.waybill.writer.domain.RefusalCode;

/** What a participant recorded for a request of the saga. */
public sealed interface Answer {

    /**
     * It was done.
     *
     * @param waits of the review alone: the restaurant lets a person decide
     */
    record Done(boolean waits) implements Answer {}

    /**
     * It was not done: it was refused, or could not be handled at all.
     *
     * @param message a sentence for a person
     * @param field what of the order is at fault, by its path; empty when nothing of it is
     */
    record NotDone(RefusalCode code, String message, String field) implements Answer {}
}
