package io.waybill.app.simulation;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.account.v1.Deposited;
import io.waybill.proto.account.v1.PaymentAuthorized;
import io.waybill.proto.account.v1.PaymentDebited;
import io.waybill.proto.account.v1.PaymentReleased;
import io.waybill.proto.account.v1.PaymentVoided;
import io.waybill.proto.account.v1.Withdrawn;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.order.v1.OrderCreated;
import io.waybill.proto.restaurant.v1.ItemSet;
import io.waybill.proto.restaurant.v1.ItemsReleased;
import io.waybill.proto.restaurant.v1.ItemsReserved;
import io.waybill.proto.restaurant.v1.ItemsTaken;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Audits a log after all sagas have ended, from its raw events: money (R13) and stock (R14) at
 * every position, and that each order was either carried out once and whole, or left nothing behind
 * (R15 to R18). Knows nothing of the domain's code.
 */
public final class OrderAudit {

    private static final List<String> UNDOINGS =
            List.of("OrderPaymentVoided", "OrderShoppingListCancelled", "OrderItemsReleased");

    private static final class Account {
        long deposited;
        long balance;
        long held;
        long debited;
        long withdrawn;
    }

    private static final class Stock {
        long onHand;
        long reserved;
    }

    private static final class Trail {
        String customer = "";
        String restaurant = "";
        long total;
        long debits;
        long voids;
        final Map<String, Long> reserved = new HashMap<>();
        final Map<String, Long> taken = new HashMap<>();
        final Map<String, Long> ordered = new HashMap<>();
        final List<String> history = new ArrayList<>();
        final List<String> shopping = new ArrayList<>();
    }

    private final List<Commit> log;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, Stock> stocks = new HashMap<>();
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
        accounts.forEach(
                (customer, account) ->
                        require(account.held == 0, "%s of %s are held", account.held, customer));
    }

    private void take(Commit commit, RecordedEvent event) throws InvalidProtocolBufferException {
        String name = event.getType().substring(event.getType().lastIndexOf('.') + 1);
        String id = commit.getStream().substring(commit.getStream().indexOf('/') + 1);
        switch (commit.getStream().substring(0, commit.getStream().indexOf('/'))) {
            case "account" -> money(id, name, event);
            case "restaurant" -> stock(id, name, event);
            case "shopping" -> trail(id).shopping.add(name);
            case "order" -> {
                trail(id).history.add(name);
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
        trail.customer = created.getCustomerId();
        trail.restaurant = created.getRestaurantId();
        trail.total = created.getTotal().getMinor();
        long sum = 0;
        for (Item item : created.getItemsList()) {
            sum += item.getUnitPrice().getMinor() * item.getQuantity();
            trail.ordered.merge(item.getCode(), (long) item.getQuantity(), Long::sum);
        }
        require(sum == trail.total, "the total of %s is not its items'", created);
    }

    private void money(String customer, String name, RecordedEvent event)
            throws InvalidProtocolBufferException {
        Account account = accounts.computeIfAbsent(customer, id -> new Account());
        switch (name) {
            case "Deposited" -> {
                long amount = Deposited.parseFrom(event.getData()).getAmount().getMinor();
                account.deposited += amount;
                account.balance += amount;
            }
            case "Withdrawn" -> {
                long amount = Withdrawn.parseFrom(event.getData()).getAmount().getMinor();
                account.withdrawn += amount;
                account.balance -= amount;
            }
            case "PaymentAuthorized" ->
                    hold(
                            account,
                            PaymentAuthorized.parseFrom(event.getData()).getAmount().getMinor());
            case "PaymentReleased" ->
                    hold(
                            account,
                            -PaymentReleased.parseFrom(event.getData()).getAmount().getMinor());
            case "PaymentDebited" -> debit(account, PaymentDebited.parseFrom(event.getData()));
            case "PaymentVoided" -> debit(account, PaymentVoided.parseFrom(event.getData()));
            default -> throw new AssertionError("an unknown movement " + name);
        }
        require(
                account.balance >= 0
                        && account.held >= 0
                        && account.debited >= 0
                        && account.withdrawn >= 0,
                "less than nothing after %s of %s",
                name,
                customer);
        require(
                account.deposited
                        == account.balance + account.held + account.debited + account.withdrawn,
                "money came or went with %s of %s",
                name,
                customer);
    }

    private static void hold(Account account, long amount) {
        account.held += amount;
        account.balance -= amount;
    }

    private void debit(Account account, PaymentDebited debited) {
        long amount = debited.getAmount().getMinor();
        account.debited += amount;
        if (debited.getPaymentId().isEmpty()) {
            account.balance -= amount;
        } else {
            account.held -= amount;
        }
        Trail trail = trail(debited.getOrderId());
        trail.debits++;
        require(amount == trail.total, "%s was debited another amount", debited.getOrderId());
    }

    private void debit(Account account, PaymentVoided voided) {
        long amount = voided.getAmount().getMinor();
        account.debited -= amount;
        if (voided.getPaymentId().isEmpty()) {
            account.balance += amount;
        } else {
            account.held += amount;
        }
        trail(voided.getOrderId()).voids++;
    }

    private void stock(String restaurant, String name, RecordedEvent event)
            throws InvalidProtocolBufferException {
        switch (name) {
            case "ItemSet" -> {
                ItemSet set = ItemSet.parseFrom(event.getData());
                stock(restaurant, set.getCode()).onHand = set.getOnHand();
                check(restaurant, set.getCode());
            }
            case "ItemsReserved" -> {
                ItemsReserved reserved = ItemsReserved.parseFrom(event.getData());
                move(restaurant, reserved.getOrderId(), reserved.getItemsList(), 1, false);
            }
            case "ItemsReleased" -> {
                ItemsReleased released = ItemsReleased.parseFrom(event.getData());
                move(restaurant, released.getOrderId(), released.getItemsList(), -1, false);
            }
            case "ItemsTaken" -> {
                ItemsTaken taken = ItemsTaken.parseFrom(event.getData());
                move(restaurant, taken.getOrderId(), taken.getItemsList(), -1, true);
            }
            default -> {
                // nothing of it concerns the stock
            }
        }
    }

    private void move(
            String restaurant, String order, List<Item> items, int direction, boolean taken) {
        for (Item item : items) {
            Stock stock = stock(restaurant, item.getCode());
            long quantity = (long) direction * item.getQuantity();
            stock.reserved += quantity;
            trail(order).reserved.merge(item.getCode(), quantity, Long::sum);
            if (taken) {
                stock.onHand += quantity;
                trail(order).taken.merge(item.getCode(), -quantity, Long::sum);
            }
            check(restaurant, item.getCode());
        }
    }

    private void check(String restaurant, String code) {
        Stock stock = stock(restaurant, code);
        require(
                stock.reserved >= 0 && stock.onHand >= stock.reserved,
                "%s of %s: %d on hand, %d reserved",
                code,
                restaurant,
                stock.onHand,
                stock.reserved);
    }

    private static void checkEnded(String order, Trail trail) {
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
        require(
                trail.debits - trail.voids == (approved ? 1 : 0) && trail.debits <= 1,
                "order %s was debited %d and voided %d times: %s",
                order,
                trail.debits,
                trail.voids,
                history);
        require(
                trail.reserved.values().stream().allMatch(left -> left == 0),
                "order %s keeps %s reserved: %s",
                order,
                trail.reserved,
                history);
        require(
                approved ? trail.taken.equals(trail.ordered) : trail.taken.isEmpty(),
                "order %s took %s: %s",
                order,
                trail.taken,
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

    private Stock stock(String restaurant, String code) {
        return stocks.computeIfAbsent(restaurant + "/" + code, key -> new Stock());
    }

    private static void require(boolean condition, String sentence, Object... arguments) {
        if (!condition) {
            throw new AssertionError(sentence.formatted(arguments));
        }
    }
}
