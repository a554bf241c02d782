package io.waybill.app.simulation;

import static io.waybill.app.simulation.Audit.require;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.common.v1.Item;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.order.v1.OrderCreated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Audits a log after all sagas have ended, from its raw events: money (R13) and stock (R14) at
 * every position, and that each order was either carried out once and whole, or left nothing behind
 * (R15 to R18), with timers for whatever waits and for nothing else (R8). Knows nothing of the
 * domain's code.
 */
public final class OrderAudit {

    private static final List<String> UNDOINGS =
            List.of("OrderPaymentVoided", "OrderShoppingListCancelled", "OrderItemsReleased");

    private static final class Trail {
        long total;
        final Map<String, Long> ordered = new HashMap<>();
        final List<String> history = new ArrayList<>();
        final List<String> shopping = new ArrayList<>();
    }

    private final List<Commit> log;
    private final MoneyAudit money = new MoneyAudit();
    private final StockAudit stock = new StockAudit();
    private final SagaAudit sagas = new SagaAudit();
    private final StandingTimers timers = new StandingTimers();
    private final Map<String, Trail> trails = new LinkedHashMap<>();

    /** Audits a whole log. */
    public OrderAudit(List<Commit> log) {
        this.log = log;
    }

    /** Fails with the first thing that is wrong; answers how many orders there were. */
    public long check() {
        for (Commit commit : log) {
            for (RecordedEvent event : commit.getEventsList()) {
                try {
                    take(commit, event);
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError("unreadable: " + event.getType(), e);
                }
            }
            timers.take(commit);
            check(commit, timers.of(commit.getStream()));
        }
        long orders = 0;
        for (Map.Entry<String, Trail> each : trails.entrySet()) {
            Trail trail = each.getValue();
            if (!trail.history.isEmpty()) {
                orders++;
                checkEnded(each.getKey(), trail);
            }
        }
        return orders;
    }

    /** Fails when an authorization is open still. To be called last. */
    void checkNothingIsHeld() {
        money.checkNothingIsHeld();
    }

    /** How orders ended: {@code OrderApproved}, {@code RESERVE_ITEMS OUT_OF_STOCK}. */
    public Set<String> ends() {
        return Set.copyOf(sagas.ends());
    }

    private void take(Commit commit, RecordedEvent event) throws InvalidProtocolBufferException {
        String name = event.getType().substring(event.getType().lastIndexOf('.') + 1);
        String id = commit.getStream().substring(commit.getStream().indexOf('/') + 1);
        switch (commit.getStream().substring(0, commit.getStream().indexOf('/'))) {
            case "account" -> money.take(id, name, event);
            case "restaurant" -> stock.take(id, name, event);
            case "shopping" -> trail(id).shopping.add(name);
            case "order" -> {
                trail(id).history.add(name);
                sagas.take(id, name, event);
                if (name.equals("OrderCreated")) {
                    created(trail(id), OrderCreated.parseFrom(event.getData()));
                }
            }
            default -> {
                // contacts have neither money nor stock
            }
        }
    }

    private static void created(Trail trail, OrderCreated created) {
        trail.total = created.getTotal().getMinor();
        long sum = 0;
        for (Item item : created.getItemsList()) {
            sum += item.getUnitPrice().getMinor() * item.getQuantity();
            trail.ordered.merge(item.getCode(), (long) item.getQuantity(), Long::sum);
        }
        require(sum == trail.total, "the total of %s is not its items'", created);
    }

    private void check(Commit commit, Set<String> standing) {
        sagas.check(commit, standing);
        if (commit.getStream().startsWith("account/")) {
            String customer = commit.getStream().substring("account/".length());
            Set<String> waiting =
                    money.authorizations(customer).stream()
                            .map(payment -> "payment/" + payment)
                            .collect(Collectors.toSet());
            require(
                    standing.equals(waiting),
                    "%s at position %d: the timers %s do not end the authorizations %s",
                    commit.getStream(),
                    commit.getPosition(),
                    standing,
                    waiting);
        }
    }

    private void checkEnded(String order, Trail trail) {
        List<String> history = trail.history;
        boolean approved = history.contains("OrderApproved");
        long ends =
                history.stream()
                        .filter(
                                name ->
                                        name.equals("OrderApproved")
                                                || name.equals("OrderRejected")
                                                || name.equals("OrderCancelled"))
                        .count();
        require(ends == 1, "order %s has %d ends: %s", order, ends, history);
        MoneyAudit.Payment payment = money.payment(order);
        require(
                payment.debits - payment.voids == (approved ? 1 : 0) && payment.debits <= 1,
                "order %s was debited %d and voided %d times: %s",
                order,
                payment.debits,
                payment.voids,
                history);
        require(
                payment.debits == 0 || payment.amount == trail.total,
                "order %s was debited another amount",
                order);
        StockAudit.Share share = stock.share(order);
        require(
                share.reserved.values().stream().allMatch(left -> left == 0),
                "order %s keeps %s reserved: %s",
                order,
                share.reserved,
                history);
        require(
                approved ? share.taken.equals(trail.ordered) : share.taken.isEmpty(),
                "order %s took %s: %s",
                order,
                share.taken,
                history);
        require(
                approved
                        ? trail.shopping.contains("ShoppingListInitiated")
                        : trail.shopping.isEmpty()
                                || trail.shopping.getLast().equals("ShoppingListCancelled"),
                "order %s left the shopping list %s: %s",
                order,
                trail.shopping,
                history);
        require(
                history.contains("OrderReviewApproved") == approved,
                "order %s passed its pivot and did not end approved, or the other way: %s",
                order,
                history);
        checkUndone(order, history);
    }

    /** What is undone is undone once, in reverse order, and never after the pivot. */
    private static void checkUndone(String order, List<String> history) {
        List<String> undone = history.stream().filter(UNDOINGS::contains).toList();
        List<String> inOrder = UNDOINGS.stream().filter(undone::contains).toList();
        require(undone.equals(inOrder), "order %s was undone out of turn: %s", order, history);
        require(
                undone.isEmpty() || !history.contains("OrderReviewApproved"),
                "order %s was undone after its pivot: %s",
                order,
                history);
    }

    private Trail trail(String order) {
        return trails.computeIfAbsent(order, id -> new Trail());
    }
}
