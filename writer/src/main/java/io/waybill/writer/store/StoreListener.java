package io.waybill.writer.store;

/** Hears of the store, on the pipeline's event loop. */
public interface StoreListener {

    /** The store has answered for the first time. */
    void opened();

    /** The store is a new incarnation: nothing that was read from it before holds. */
    void restored();

    /** The store is not one that this writer may write to. */
    void refused(String sentence);
}
