package io.waybill.writer.shopping;

import static io.waybill.writer.domain.Decision.accept;
import static io.waybill.writer.domain.Decision.nothing;
import static io.waybill.writer.domain.Decision.refuse;
import static io.waybill.writer.domain.Decision.refuseField;
import static io.waybill.writer.domain.RefusalCode.ILLEGAL_STATE;
import static io.waybill.writer.domain.RefusalCode.NOT_FOUND;

import io.waybill.writer.domain.Decision;
import io.waybill.writer.shopping.ShoppingCommand.Assign;
import io.waybill.writer.shopping.ShoppingCommand.Cancel;
import io.waybill.writer.shopping.ShoppingCommand.Complete;
import io.waybill.writer.shopping.ShoppingCommand.Create;
import io.waybill.writer.shopping.ShoppingCommand.Initiate;
import io.waybill.writer.shopping.ShoppingList.Absent;
import io.waybill.writer.shopping.ShoppingList.Assigned;
import io.waybill.writer.shopping.ShoppingList.Cancelled;
import io.waybill.writer.shopping.ShoppingList.Completed;
import io.waybill.writer.shopping.ShoppingList.Created;
import io.waybill.writer.shopping.ShoppingList.Initiated;

import java.util.Locale;

/** Decides shopping list commands. Pure: same command and state, same decision. */
public final class ShoppingDecider {

    private ShoppingDecider() {}

    /** A shopping list before its first event. */
    public static ShoppingList initial() {
        return new Absent();
    }

    /** What comes of a command, given what the list is now. */
    public static Decision<ShoppingEvent> decide(ShoppingCommand command, ShoppingList list) {
        return switch (command) {
            case Create create -> create(create, list);
            case Initiate initiate -> initiate(initiate, list);
            case Assign assign -> assign(assign, list);
            case Complete complete -> complete(complete, list);
            case Cancel cancel -> cancel(cancel, list);
        };
    }

    /** The list after an event; one that cannot follow is a fault. */
    public static ShoppingList evolve(ShoppingList list, ShoppingEvent event) {
        return switch (event) {
            case ShoppingEvent.Created created when list instanceof Absent ->
                    new Created(created.orderId());
            case ShoppingEvent.Initiated initiated when list instanceof Created ->
                    new Initiated(initiated.orderId());
            case ShoppingEvent.Assigned assigned
                    when list instanceof Initiated || list instanceof Assigned ->
                    new Assigned(assigned.orderId(), assigned.assignee());
            case ShoppingEvent.Completed completed when list instanceof Assigned ->
                    new Completed(completed.orderId());
            case ShoppingEvent.Cancelled cancelled
                    when !(list instanceof Absent || list instanceof Cancelled) ->
                    new Cancelled(cancelled.orderId());
            case ShoppingEvent.Created _,
                    ShoppingEvent.Initiated _,
                    ShoppingEvent.Assigned _,
                    ShoppingEvent.Completed _,
                    ShoppingEvent.Cancelled _ ->
                    throw new IllegalStateException(
                            "the event %s of the shopping list of order %s follows on %s"
                                    .formatted(
                                            event.getClass().getSimpleName(),
                                            event.orderId(),
                                            list.getClass().getSimpleName()));
        };
    }

    private static Decision<ShoppingEvent> create(Create create, ShoppingList list) {
        return switch (list) {
            case Absent _ ->
                    accept(
                            new ShoppingEvent.Created(
                                    create.orderId(),
                                    create.restaurantId(),
                                    create.items(),
                                    create.at()));
            case Created _, Initiated _, Assigned _, Completed _ -> nothing();
            case Cancelled _ -> unfit(create, list);
        };
    }

    private static Decision<ShoppingEvent> initiate(Initiate initiate, ShoppingList list) {
        return switch (list) {
            case Created created ->
                    accept(new ShoppingEvent.Initiated(created.orderId(), initiate.at()));
            case Initiated _, Assigned _, Completed _ -> nothing();
            case Absent _, Cancelled _ -> unfit(initiate, list);
        };
    }

    private static Decision<ShoppingEvent> assign(Assign assign, ShoppingList list) {
        return switch (list) {
            case Assigned before when before.assignee().equals(assign.assignee()) -> nothing();
            case Initiated _, Assigned _ ->
                    accept(
                            new ShoppingEvent.Assigned(
                                    assign.orderId(), assign.assignee(), assign.at()));
            case Absent _, Created _, Completed _, Cancelled _ -> unfit(assign, list);
        };
    }

    private static Decision<ShoppingEvent> complete(Complete complete, ShoppingList list) {
        return switch (list) {
            case Assigned assigned ->
                    accept(new ShoppingEvent.Completed(assigned.orderId(), complete.at()));
            case Absent _, Created _, Initiated _, Completed _, Cancelled _ ->
                    unfit(complete, list);
        };
    }

    private static Decision<ShoppingEvent> cancel(Cancel cancel, ShoppingList list) {
        if (cancel.undone().isEmpty()) {
            return nothing();
        }
        return switch (list) {
            case Created _, Initiated _, Assigned _, Completed _ ->
                    accept(new ShoppingEvent.Cancelled(cancel.orderId(), cancel.at()));
            case Cancelled _ -> nothing();
            case Absent _ ->
                    throw new IllegalStateException(
                            "the shopping list of order %s was created and is not there"
                                    .formatted(cancel.orderId()));
        };
    }

    private static Decision<ShoppingEvent> unfit(ShoppingCommand command, ShoppingList list) {
        return list instanceof Absent
                ? refuseField(
                        "order_id",
                        NOT_FOUND,
                        "shopping list of order %s not found",
                        command.orderId())
                : refuse(
                        ILLEGAL_STATE,
                        "shopping list of order %s is %s",
                        command.orderId(),
                        list.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }
}
