package io.waybill.bench.order;

import java.util.Set;

/** What is to become of the orders of a town. */
enum Ending {

    /** Its restaurants approve by themselves. */
    APPROVED("approved", Set.of("APPROVED", "REJECTED", "CANCELLED")),

    /** They let a person decide, and none does. */
    WAITING("waiting for a person", Set.of("REVIEW_REQUESTED", "REJECTED", "CANCELLED")),

    /** The same, until the person's time is over: then they are undone. */
    TIMED_OUT("timed out and undone", Set.of("APPROVED", "REJECTED", "CANCELLED"));

    private final String shown;
    private final Set<String> last;

    Ending(String shown, Set<String> last) {
        this.shown = shown;
        this.last = last;
    }

    /** Whether the restaurants let a person decide. */
    boolean isManual() {
        return this != APPROVED;
    }

    /** The events after which such an order does not go on by itself, as it should or not. */
    Set<String> last() {
        return last;
    }

    /** Whether an order is as it should be in the end. */
    boolean is(String status, String phase, String code) {
        return switch (this) {
            case APPROVED -> status.equals("APPROVED");
            case WAITING -> phase.equals("REVIEW_OPEN");
            case TIMED_OUT -> status.equals("REJECTED") && code.equals("TIMED_OUT");
        };
    }

    @Override
    public String toString() {
        return shown;
    }
}
