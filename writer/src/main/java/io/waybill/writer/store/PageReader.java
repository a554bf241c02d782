package io.waybill.writer.store;

import io.waybill.proto.eventstore.v1.ReadStreamResponse;

/** Takes what is read, page by page. */
@FunctionalInterface
public interface PageReader {

    /**
     * Takes a page: a snapshot alone, at the beginning and only when one was asked for, or commits.
     *
     * @param next to be called once, from any thread, when the page is dealt with: no further page
     *     comes before
     */
    void take(ReadStreamResponse page, Runnable next);
}
