package io.waybill.bench.contact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/**
 * What was asked and what was accepted in one run of the benchmark. Every contact has a name of its
 * own, {@code bench <run> <number>}, by which it is found again. Not thread-safe.
 */
public final class Ledger {

    /** An accepted add: its number, its command and the contact that it makes. */
    public record Accepted(int number, UUID command, UUID contact) {}

    private final String prefix;
    private final List<Accepted> accepted = new ArrayList<>();
    private final BitSet inDoubt = new BitSet();
    private int asked;

    /** A ledger for a run, whose name tells its contacts from all others. */
    public Ledger(String run) {
        prefix = "bench " + run + " ";
    }

    /** The number of the next add. */
    public int nextNumber() {
        return asked++;
    }

    /** The name of the contact of an add. */
    public String name(int number) {
        return prefix + number;
    }

    /** The number of the add that made a contact; -1 when it is none of this run. */
    public int number(String name) {
        if (!name.startsWith(prefix)) {
            return -1;
        }
        try {
            return Integer.parseInt(name.substring(prefix.length()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    void accept(Accepted add) {
        accepted.add(add);
    }

    /** The connection broke before the answer: it may have been accepted, or not. */
    void doubt(int number) {
        inDoubt.set(number);
    }

    /** All that was accepted, in the order of the answers. */
    public List<Accepted> accepted() {
        return accepted;
    }

    /** Whether nobody knows if this add was accepted. */
    public boolean isInDoubt(int number) {
        return inDoubt.get(number);
    }

    /** How many were left in doubt. */
    public int inDoubt() {
        return inDoubt.cardinality();
    }

    /** How many were asked for. */
    public int asked() {
        return asked;
    }
}
