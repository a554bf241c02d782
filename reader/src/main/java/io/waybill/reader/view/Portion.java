package io.waybill.reader.view;

import io.waybill.proto.reader.v1.Page;
import io.waybill.reader.query.Range;
import io.waybill.wire.failure.WaybillException;

/**
 * The part of a list that a client asks for.
 *
 * @param size how many rows, 1 to {@link #MOST}
 * @param fromEnd whether it goes from the end towards the beginning
 * @param field the argument that names the cursor, for sentences
 * @param cursor beyond which row it goes on; empty for the first of the list, or the last
 */
public record Portion(int size, boolean fromEnd, String field, String cursor) {

    /** The most rows that one call brings. */
    public static final int MOST = 1_000;

    private static final Range FIRST = new Range("page.first", 1, MOST);
    private static final Range LAST = new Range("page.last", 1, MOST);
    private static final Range SHORT_FIRST = new Range("first", 1, MOST);

    /**
     * The part that a page names.
     *
     * @throws WaybillException BAD_USER_INPUT when it makes no sense
     */
    public static Portion of(Page page) {
        if (page.getFirst() != 0 && page.getLast() != 0) {
            throw WaybillException.badInput(
                    "page.last", "page.last must be left out where page.first is given");
        }
        if (page.getLast() != 0) {
            if (!page.getAfter().isEmpty()) {
                throw WaybillException.badInput("page.after", "page.after goes with page.first");
            }
            return new Portion(LAST.check(page.getLast()), true, "page.before", page.getBefore());
        }
        if (!page.getBefore().isEmpty()) {
            throw WaybillException.badInput("page.before", "page.before goes with page.last");
        }
        return new Portion(FIRST.check(page.getFirst()), false, "page.after", page.getAfter());
    }

    /**
     * The part that a page names, or its short form where there is no page.
     *
     * @throws WaybillException BAD_USER_INPUT when it makes no sense
     */
    public static Portion of(boolean hasPage, Page page, int first, String after) {
        if (!hasPage) {
            return of(first, after);
        }
        if (first != 0 || !after.isEmpty()) {
            throw WaybillException.badInput(
                    "page", "page stands for first and after: give one or the other");
        }
        return of(page);
    }

    /** The part that the short form names, {@code first} and {@code after}. */
    private static Portion of(int first, String after) {
        return new Portion(SHORT_FIRST.check(first), false, "after", after);
    }
}
