package io.waybill.bench.report;

/** What should not have happened: how often, and the first of them to look at. Not thread-safe. */
public final class Trouble {

    private int count;
    private String first = "";

    /** One more. */
    public void add(String shown) {
        if (count++ == 0) {
            first = shown;
        }
    }

    /** How often. */
    public int count() {
        return count;
    }

    /** The first, in a line; empty when there was none. */
    public String first() {
        return first;
    }
}
