package io.waybill.writer.store;

import io.waybill.proto.eventstore.v1.Commit;

import java.util.List;

/** Takes what is read, page by page. */
@FunctionalInterface
public interface PageReader {

    /**
     * Takes a page.
     *
     * @param next to be called once, from any thread, when the page is dealt with: no further page
     *     comes before
     */
    void take(List<Commit> page, Runnable next);
}
