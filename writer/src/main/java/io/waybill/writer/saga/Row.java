package io.waybill.writer.saga;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One row of the table of steps.
 *
 * @param asks what is asked; at most one
 * @param undos what takes it back; at most one
 */
record Row(Kind kind, List<Function<Terms, Ask>> asks, List<Function<Terms, Ask>> undos) {

    static Row compensatable() {
        return new Row(Kind.COMPENSATABLE, List.of(), List.of());
    }

    static Row pivot() {
        return new Row(Kind.PIVOT, List.of(), List.of());
    }

    static Row retriable() {
        return new Row(Kind.RETRIABLE, List.of(), List.of());
    }

    Row asks(Function<Terms, Ask> ask) {
        return new Row(kind, List.of(ask), undos);
    }

    Row asksNobody() {
        return new Row(kind, List.of(), undos);
    }

    boolean isAskingNobody() {
        return asks.isEmpty();
    }

    Row undoneBy(Function<Terms, Ask> undo) {
        return new Row(kind, asks, List.of(undo));
    }

    boolean isUndoable() {
        return !undos.isEmpty();
    }

    Optional<Ask> ask(Terms order) {
        return asks.stream().map(ask -> ask.apply(order)).findFirst();
    }

    Optional<Ask> undo(Terms order) {
        return undos.stream().map(undo -> undo.apply(order)).findFirst();
    }
}
