package io.waybill.writer.saga;

/** What a refusal of a step means to its saga. */
public enum Kind {
    /** It undoes what was done before. Comes before the pivot. */
    COMPENSATABLE,
    /** The same; once it is done, nothing is undone any more. There is exactly one. */
    PIVOT,
    /** Nothing: the step is tried until it is done. Comes after the pivot. */
    RETRIABLE
}
