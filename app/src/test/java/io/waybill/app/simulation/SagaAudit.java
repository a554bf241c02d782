package io.waybill.app.simulation;

import static io.waybill.app.simulation.Audit.require;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.catalogue.Ids;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.command.v1.SagaCause;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.order.v1.OrderRejected;
import io.waybill.proto.order.v1.OrderStepRefused;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows all sagas, commit by commit: steps come in their order, the order's own stream arbitrates
 * the pivot (R15), an undo is never refused and what it undid has no effect later (R16), attempts
 * have identities and rise only after a recorded failure (R17), and who waits has a wake-up, and
 * nobody else (R8, R18).
 */
final class SagaAudit {

    private static final List<String> STEPS =
            List.of(
                    "OrderCreated",
                    "OrderCustomerAuthorized",
                    "OrderItemsReserved",
                    "OrderShoppingListCreated",
                    "OrderPaymentDebited",
                    "OrderReviewApproved",
                    "OrderItemsTaken",
                    "OrderShoppingInitiated",
                    "OrderApproved",
                    "OrderReady",
                    "OrderCollected");
    private static final Set<String> ENDS =
            Set.of("OrderApproved", "OrderRejected", "OrderCancelled");
    private static final Set<String> UNDOING =
            Set.of("OrderStepRefused", "OrderReviewDeclined", "OrderCancelRequested");
    private static final Set<String> TRIED_UNTIL_DONE = Set.of("TAKE_ITEMS", "INITIATE_SHOPPING");

    /** What is asked of a participant, whatever the attempt. */
    private record Errand(String order, String step, boolean undo) {}

    private static final class Saga {
        final List<String> steps = new ArrayList<>();
        boolean created;
        boolean pivot;
        boolean open;
        boolean undoing;
        boolean ended;
        String refused = "";
    }

    private final Set<String> ends = new HashSet<>();
    private final Map<String, Saga> sagas = new HashMap<>();
    private final Map<Errand, List<OutcomeKind>> errands = new HashMap<>();

    /** How orders ended: {@code OrderApproved}, {@code RESERVE_ITEMS OUT_OF_STOCK}. */
    Set<String> ends() {
        return ends;
    }

    /** Follows the events of an order. */
    void take(String order, String name, RecordedEvent event)
            throws InvalidProtocolBufferException {
        Saga saga = sagas.computeIfAbsent(order, id -> new Saga());
        if (STEPS.contains(name)) {
            saga.steps.add(name);
            require(
                    saga.steps.equals(STEPS.subList(0, saga.steps.size())),
                    "order %s does its steps out of turn: %s",
                    order,
                    saga.steps);
            require(!saga.undoing, "order %s goes on with %s while undoing", order, name);
        }
        if (UNDOING.contains(name)) {
            require(!saga.pivot, "order %s turns back after its pivot: %s", order, name);
            require(!saga.undoing, "order %s turns back twice: %s", order, name);
            saga.undoing = true;
        }
        switch (name) {
            case "OrderCreated" -> saga.created = true;
            case "OrderReviewRequested" -> saga.open = true;
            case "OrderReviewApproved" -> saga.pivot = true;
            case "OrderReviewDeclined" -> {
                require(saga.open, "order %s was declined and nobody was asked", order);
                saga.refused = "REVIEW RESTAURANT_DECLINED";
            }
            case "OrderStepRefused" -> {
                OrderStepRefused refused = OrderStepRefused.parseFrom(event.getData());
                saga.refused = refused.getStep() + " " + refused.getCode();
            }
            case "OrderRejected" -> {
                OrderRejected rejected = OrderRejected.parseFrom(event.getData());
                require(
                        saga.refused.equals(rejected.getStep() + " " + rejected.getCode()),
                        "order %s was refused with %s and says %s",
                        order,
                        saga.refused,
                        rejected);
            }
            default -> {
                // the other audits look at it
            }
        }
        if (ENDS.contains(name)) {
            saga.ended = true;
            ends.add(name.equals("OrderRejected") ? saga.refused : name);
        }
    }

    /** Checks a whole commit, its events taken. */
    void check(Commit commit, Set<String> timers) {
        if (commit.getMetadata().hasSaga()) {
            checkErrand(commit, commit.getMetadata().getSaga());
        }
        if (!commit.getStream().startsWith("order/")) {
            return;
        }
        String order = commit.getStream().substring("order/".length());
        Saga saga = sagas.getOrDefault(order, new Saga());
        require(
                timers.contains("saga") == (saga.created && !saga.ended),
                "order %s at position %d: it waits or not, and has the timers %s",
                order,
                commit.getPosition(),
                timers);
        checkCancel(order, saga, commit);
    }

    private static void checkCancel(String order, Saga saga, Commit commit) {
        Outcome outcome = commit.getOutcome();
        if (commit.getMetadata().getTopic().equals("ORDER/CANCEL") && saga.pivot) {
            require(
                    outcome.getKind() != OutcomeKind.OUTCOME_KIND_APPLIED
                            && Set.of("TOO_LATE", "EXPIRED").contains(outcome.getCode()),
                    "order %s is past its pivot and its cancel is %s",
                    order,
                    outcome);
        }
    }

    private void checkErrand(Commit commit, SagaCause cause) {
        Errand errand = new Errand(cause.getOrderId(), cause.getStep(), cause.getUndo());
        OutcomeKind kind = commit.getOutcome().getKind();
        List<OutcomeKind> before = errands.computeIfAbsent(errand, key -> new ArrayList<>());
        require(
                commit.getCommand()
                        .getCommandId()
                        .equals(
                                Ids.sagaCommand(
                                        cause.getOrderId(),
                                        cause.getStep(),
                                        cause.getUndo(),
                                        cause.getAttempt())),
                "%s has an identity of its own",
                errand);
        require(
                cause.getAttempt() == before.size() + 1
                        && !before.contains(OutcomeKind.OUTCOME_KIND_APPLIED),
                "attempt %d at %s follows %s",
                cause.getAttempt(),
                errand,
                before);
        require(
                before.isEmpty() || errand.undo() || TRIED_UNTIL_DONE.contains(errand.step()),
                "%s is tried again",
                errand);
        require(kind != OutcomeKind.OUTCOME_KIND_EXPIRED, "%s expired", errand);
        require(
                !errand.undo() || kind != OutcomeKind.OUTCOME_KIND_REJECTED,
                "%s was refused",
                errand);
        require(
                errand.undo()
                        || kind != OutcomeKind.OUTCOME_KIND_APPLIED
                        || !errands.containsKey(new Errand(errand.order(), errand.step(), true)),
                "%s has an effect after it was undone",
                errand);
        before.add(kind);
    }
}
