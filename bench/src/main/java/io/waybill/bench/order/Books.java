package io.waybill.bench.order;

import io.waybill.bench.report.Trouble;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What the system shows of a town, added up: the orders first, then each account and each menu
 * against them. An order is as it should be when it ended as those of its town are to. Not
 * thread-safe.
 */
final class Books {

    private final OrderLedger ledger;
    private final Set<UUID> expected;
    private final Set<UUID> seen = new HashSet<>();
    private final Trouble doubled = new Trouble();
    private final Trouble unknown = new Trouble();
    private final Trouble unfinished = new Trouble();
    private final Trouble wrongAccounts = new Trouble();
    private final Trouble wrongDishes = new Trouble();

    /** What the orders of each customer cost, in hundredths. */
    private final Map<UUID, Long> spent = new HashMap<>();

    /** How many of each restaurant's dishes were taken, and how many are kept for orders. */
    private final Map<String, Integer> taken = new HashMap<>();

    private final Map<String, Integer> kept = new HashMap<>();
    private int found;
    private int accounts;
    private int dishes;

    Books(OrderLedger ledger) {
        this.ledger = ledger;
        expected =
                ledger.accepted().stream()
                        .map(OrderLedger.Accepted::id)
                        .collect(Collectors.toSet());
    }

    /** Takes an order. */
    void order(UUID restaurant, JsonNode order) {
        UUID id = UUID.fromString(order.path("id").asString());
        if (!seen.add(id)) {
            doubled.add(id.toString());
        } else if (expected.contains(id)) {
            found++;
        } else {
            unknown.add(id.toString());
        }
        String status = order.path("status").asString("");
        String phase = order.path("saga").path("phase").asString("");
        String code = order.path("code").asString("");
        Ending ending = ledger.town().ending();
        if (!ending.is(status, phase, code)) {
            unfinished.add("%s is %s, its saga is %s %s".formatted(id, status, phase, code));
        } else if (ending != Ending.TIMED_OUT) {
            count(restaurant, order, ending == Ending.APPROVED ? taken : kept);
        }
    }

    private void count(UUID restaurant, JsonNode order, Map<String, Integer> items) {
        spent.merge(
                UUID.fromString(order.path("customer_id").asString()),
                hundredths(order.path("total")),
                Long::sum);
        for (JsonNode item : order.path("items")) {
            items.merge(
                    restaurant + item.path("code").asString(),
                    item.path("quantity").asInt(),
                    Integer::sum);
        }
    }

    /** Takes an account, when all orders were. */
    void account(UUID customer, JsonNode account) {
        accounts++;
        long deposited = hundredths(account.path("deposited"));
        long balance = hundredths(account.path("balance"));
        long held = hundredths(account.path("held"));
        long debited = hundredths(account.path("debited"));
        long withdrawn = hundredths(account.path("withdrawn"));
        long spentByOrders = spent.getOrDefault(customer, 0L);
        if (deposited != Town.FUNDS
                || deposited != balance + held + debited + withdrawn
                || debited != spentByOrders) {
            wrongAccounts.add(
                    "of %s: orders cost %s, the account is %s"
                            .formatted(customer, OrderRequests.amount(spentByOrders), account));
        }
    }

    /** Takes a menu, when all orders were. */
    void menu(UUID restaurant, JsonNode menu) {
        dishes += menu.size();
        for (JsonNode item : menu) {
            String key = restaurant + item.path("code").asString();
            int onHand = Town.STOCK - taken.getOrDefault(key, 0);
            int reserved = kept.getOrDefault(key, 0);
            if (item.path("on_hand").asInt() != onHand
                    || item.path("reserved").asInt() != reserved
                    || item.path("available").asInt() != onHand - reserved) {
                wrongDishes.add(
                        "at %s: on hand %d and reserved %d by the orders, the menu says %s"
                                .formatted(restaurant, onHand, reserved, item));
            }
        }
    }

    private static long hundredths(JsonNode money) {
        String amount = money.path("amount").asString("0");
        return new BigDecimal(amount).movePointRight(2).longValueExact();
    }

    /** Whether all that was accepted is there, once and as it should be, and the sums are right. */
    boolean balance() {
        return lost() == 0
                && doubled.count() == 0
                && unknown.count() <= ledger.inDoubt()
                && unfinished.count() == 0
                && wrongAccounts.count() == 0
                && wrongDishes.count() == 0
                && accounts == ledger.town().customers().size()
                && dishes == ledger.town().restaurants().size() * Town.MENU.size();
    }

    /** How many were accepted, and are not there. */
    int lost() {
        return expected.size() - found;
    }

    int found() {
        return found;
    }

    int accounts() {
        return accounts;
    }

    int dishes() {
        return dishes;
    }

    /** Orders that are there more than once. */
    Trouble doubled() {
        return doubled;
    }

    /** Orders that are there, though they were not accepted. */
    Trouble unknown() {
        return unknown;
    }

    /** Orders that did not end as they should. */
    Trouble unfinished() {
        return unfinished;
    }

    Trouble wrongAccounts() {
        return wrongAccounts;
    }

    Trouble wrongDishes() {
        return wrongDishes;
    }
}
