package io.waybill.database.engine;

/** Which way an index is read. */
public enum Direction {
    /** From the smallest key on. */
    FORWARD,
    /** From the greatest key on. */
    BACKWARD
}
