package io.waybill.writer.saga;

import static io.waybill.writer.saga.Row.compensatable;
import static io.waybill.writer.saga.Row.pivot;
import static io.waybill.writer.saga.Row.retriable;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The create-order saga: what is asked of whom, and how it is taken back. One step after the other,
 * from the first to the last; taken back in the reverse order.
 *
 * <p>The names are stored and travel: one that was released never changes and never goes away.
 */
public enum Step {
    AUTHORIZE_CUSTOMER(compensatable().asks(Ask::authorizeCustomer)),
    RESERVE_ITEMS(compensatable().asks(Ask::reserveItems).undoneBy(Ask::releaseItems)),
    CREATE_SHOPPING_LIST(
            compensatable().asks(Ask::createShoppingList).undoneBy(Ask::cancelShoppingList)),
    DEBIT_PAYMENT(compensatable().asks(Ask::debitPayment).undoneBy(Ask::voidPayment)),
    REVIEW(pivot().asks(Ask::reviewOrder)),
    TAKE_ITEMS(retriable().asks(Ask::takeItems)),
    INITIATE_SHOPPING(retriable().asks(Ask::initiateShopping)),
    APPROVE_ORDER(retriable().asksNobody());

    private final Row row;

    Step(Row row) {
        this.row = row;
    }

    /** The step that every saga begins with. */
    public static Step first() {
        return values()[0];
    }

    /** The first step that cannot be refused any more. */
    public static Step firstAfterPivot() {
        return Arrays.stream(values())
                .filter(step -> step.kind() == Kind.RETRIABLE)
                .findFirst()
                .orElseThrow();
    }

    public Kind kind() {
        return row.kind();
    }

    /** What is asked; empty when nobody needs to be, and the step is done as soon as it comes. */
    public Optional<Ask> ask(Terms order) {
        return row.ask(order);
    }

    /** What takes it back; empty when there is nothing to take back. */
    public Optional<Ask> undo(Terms order) {
        return row.undo(order);
    }

    public boolean asksNobody() {
        return row.isAskingNobody();
    }

    /** Whether there is anything to take back. */
    public boolean isUndoable() {
        return row.isUndoable();
    }

    /**
     * The step that follows.
     *
     * @throws IllegalStateException on the last one
     */
    public Step next() {
        if (ordinal() + 1 == values().length) {
            throw new IllegalStateException("no step follows " + this);
        }
        return values()[ordinal() + 1];
    }

    /** What is to be undone when all steps before this one were done: the last comes first. */
    public List<Step> undosBefore() {
        return Arrays.stream(values(), 0, ordinal()).filter(Step::isUndoable).toList().reversed();
    }

    /** The same, when nobody knows whether this one was done too. */
    public List<Step> undosWithThis() {
        return Arrays.stream(values(), 0, ordinal() + 1)
                .filter(Step::isUndoable)
                .toList()
                .reversed();
    }
}
