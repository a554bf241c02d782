package io.waybill.gateway.event;

/** Hears of events, one call at a time. Must not block. */
interface EventListener {

    /** Connected: whatever happened before was not heard. */
    void connected();

    /**
     * Something happened.
     *
     * @param aggregate {@code ORDER}
     * @param sequence of the partition and aggregate
     * @param id of whom it is told
     */
    void happened(String aggregate, int partition, long sequence, String id);

    /** So many events there were of a partition and aggregate. */
    void reached(String aggregate, int partition, long sequence);

    /** A message came that says nothing that can be understood. */
    void misheard(String aggregate);
}
