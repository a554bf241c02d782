package io.waybill.app.simulation;

import static io.waybill.app.simulation.Audit.require;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.account.v1.Deposited;
import io.waybill.proto.account.v1.PaymentAuthorized;
import io.waybill.proto.account.v1.PaymentDebited;
import io.waybill.proto.account.v1.PaymentReleased;
import io.waybill.proto.account.v1.PaymentVoided;
import io.waybill.proto.account.v1.Withdrawn;
import io.waybill.proto.eventstore.v1.RecordedEvent;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows all money, movement by movement: every account is right after each (R13), each
 * authorization pays for one order at a time and in full, and what is taken back goes where it came
 * from, or to the balance when that authorization is over.
 */
final class MoneyAudit {

    private static final class Account {
        long deposited;
        long balance;
        long held;
        long debited;
        long withdrawn;
        final Map<String, Long> authorizations = new HashMap<>();
    }

    /** What became of an order's payment. */
    static final class Payment {
        long debits;
        long voids;
        long amount;
        String from = "";
    }

    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, Payment> payments = new HashMap<>();

    void take(String customer, String name, RecordedEvent event)
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
            case "PaymentAuthorized" -> {
                PaymentAuthorized authorized = PaymentAuthorized.parseFrom(event.getData());
                long amount = authorized.getAmount().getMinor();
                account.balance -= amount;
                hold(account, authorized.getPaymentId(), amount);
            }
            case "PaymentReleased" -> {
                PaymentReleased released = PaymentReleased.parseFrom(event.getData());
                long amount = released.getAmount().getMinor();
                free(account, released.getPaymentId(), amount);
                account.balance += amount;
            }
            case "PaymentDebited" -> debit(account, PaymentDebited.parseFrom(event.getData()));
            case "PaymentVoided" -> takeBack(account, PaymentVoided.parseFrom(event.getData()));
            default -> throw new AssertionError("an unknown movement " + name);
        }
        check(customer, name, account);
    }

    Payment payment(String order) {
        return payments.computeIfAbsent(order, id -> new Payment());
    }

    /** The authorizations of a customer that hold money now. */
    Set<String> authorizations(String customer) {
        Account account = accounts.get(customer);
        return account == null ? Set.of() : Set.copyOf(account.authorizations.keySet());
    }

    void checkNothingIsHeld() {
        accounts.forEach(
                (customer, account) ->
                        require(account.held == 0, "%d of %s are held", account.held, customer));
    }

    private static void hold(Account account, String payment, long amount) {
        account.held += amount;
        require(
                account.authorizations.put(payment, amount) == null,
                "the authorization %s holds twice",
                payment);
    }

    private static void free(Account account, String payment, long amount) {
        account.held -= amount;
        long held =
                Optional.ofNullable(account.authorizations.remove(payment))
                        .orElseThrow(
                                () ->
                                        new AssertionError(
                                                "the authorization %s holds nothing"
                                                        .formatted(payment)));
        require(held == amount, "the authorization %s holds %d, not %d", payment, held, amount);
    }

    private void debit(Account account, PaymentDebited debited) {
        Payment payment = payment(debited.getOrderId());
        payment.debits++;
        payment.amount = debited.getAmount().getMinor();
        payment.from = debited.getPaymentId();
        account.debited += payment.amount;
        if (payment.from.isEmpty()) {
            account.balance -= payment.amount;
        } else {
            free(account, payment.from, payment.amount);
        }
    }

    private void takeBack(Account account, PaymentVoided voided) {
        Payment payment = payment(voided.getOrderId());
        payment.voids++;
        long amount = voided.getAmount().getMinor();
        account.debited -= amount;
        require(
                payment.debits == 1 && payment.voids == 1 && amount == payment.amount,
                "what order %s paid is not what it got back",
                voided.getOrderId());
        String to = voided.getPaymentId();
        require(
                to.isEmpty() || to.equals(payment.from),
                "what order %s paid from %s went back to %s",
                voided.getOrderId(),
                payment.from,
                to);
        if (to.isEmpty()) {
            account.balance += amount;
        } else {
            hold(account, to, amount);
        }
    }

    private static void check(String customer, String name, Account account) {
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
        require(
                account.held
                        == account.authorizations.values().stream().mapToLong(held -> held).sum(),
                "%s of %s is held by nobody",
                name,
                customer);
    }
}
