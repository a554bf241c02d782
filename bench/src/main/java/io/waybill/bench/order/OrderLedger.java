package io.waybill.bench.order;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What was ordered in one town, and what of it was accepted. Not thread-safe. */
public final class OrderLedger {

    /**
     * An order that was accepted. Times are those of {@link System#nanoTime()}.
     *
     * @param from the time that its post counts from
     * @param at when the answer came that it was accepted
     */
    record Accepted(UUID id, int number, long from, long at) {}

    private final Town town;
    private final List<Accepted> accepted = new ArrayList<>();
    private int asked;
    private int inDoubt;

    OrderLedger(Town town) {
        this.town = town;
    }

    Town town() {
        return town;
    }

    int nextNumber() {
        return asked++;
    }

    void accept(Accepted order) {
        accepted.add(order);
    }

    /** The connection broke before the answer: it may have been accepted, or not. */
    void doubt() {
        inDoubt++;
    }

    /** All that was accepted, in the order of the answers. */
    List<Accepted> accepted() {
        return accepted;
    }

    int inDoubt() {
        return inDoubt;
    }
}
