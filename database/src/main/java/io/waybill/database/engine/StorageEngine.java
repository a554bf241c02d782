package io.waybill.database.engine;

import io.waybill.proto.eventstore.v1.StoreInfo;

import java.util.List;

/**
 * One store: the event log of its partition and the read models that are made from it. Safe for use
 * by many threads, but for what {@link EventLog#append} says.
 */
public interface StorageEngine extends AutoCloseable {

    /** Which store this is; never changes while it is open. */
    StoreInfo info();

    EventLog log();

    ReadStore rows();

    /** What an operator should see to before it hurts, or now that it does; mostly nothing. */
    List<String> warnings();

    /**
     * Closes the store; what is asked of it afterwards fails with UNAVAILABLE. May be called again.
     */
    @Override
    void close();
}
