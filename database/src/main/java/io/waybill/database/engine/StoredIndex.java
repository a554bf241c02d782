package io.waybill.database.engine;

/**
 * An index of a table, as an engine knows it.
 *
 * @param name of the index, within its table
 * @param holds what an engine is best to keep in its entries; what a scan gives is the same
 */
public record StoredIndex(String name, Holds holds) {

    /** What an entry holds. */
    public enum Holds {
        /**
         * The row itself: a page is one scan, and each change of the row writes the entry anew. For
         * small rows that are listed often.
         */
        ROWS,
        /**
         * The row's key: a page is a scan and a look-up for each row, and an entry is written only
         * when its own key changes.
         */
        KEYS
    }

    /** One whose entries hold rows. */
    public static StoredIndex ofRows(String name) {
        return new StoredIndex(name, Holds.ROWS);
    }

    /** One whose entries hold keys. */
    public static StoredIndex ofKeys(String name) {
        return new StoredIndex(name, Holds.KEYS);
    }
}
