package io.waybill.writer.account;

import io.waybill.writer.account.Account.Absent;
import io.waybill.writer.account.Account.Open;
import io.waybill.writer.account.AccountEvent.Deposited;
import io.waybill.writer.account.AccountEvent.PaymentAuthorized;
import io.waybill.writer.account.AccountEvent.PaymentDebited;
import io.waybill.writer.account.AccountEvent.PaymentReleased;
import io.waybill.writer.account.AccountEvent.PaymentVoided;
import io.waybill.writer.account.AccountEvent.Withdrawn;
import io.waybill.writer.account.Source.Balance;
import io.waybill.writer.account.Source.Held;
import io.waybill.writer.money.Money;

import java.util.HashMap;
import java.util.Map;

/** What an account becomes by its events. Pure; an event that cannot follow is a fault. */
public final class AccountFold {

    private AccountFold() {}

    /** An account before its first event. */
    public static Account initial() {
        return new Absent();
    }

    /** The account after an event. */
    public static Account evolve(Account account, AccountEvent event) {
        return switch (account) {
            case Open open -> evolve(open, event);
            case Absent _ when event instanceof Deposited first ->
                    evolve(
                            new Open(
                                    first.customerId(),
                                    Totals.none(first.amount().currency()),
                                    Map.of()),
                            first);
            case Absent _ ->
                    throw new IllegalStateException(
                            "the event %s of the account of customer %s comes before any deposit"
                                    .formatted(
                                            event.getClass().getSimpleName(), event.customerId()));
        };
    }

    private static Account evolve(Open open, AccountEvent event) {
        Money amount = event.amount();
        Totals totals = open.totals();
        return switch (event) {
            case Deposited _ -> with(open, totals.deposit(amount));
            case Withdrawn _ -> with(open, totals.withdraw(amount));
            case PaymentAuthorized authorized ->
                    holding(
                            with(open, totals.hold(amount)),
                            authorized.paymentId(),
                            new Authorization(amount, authorized.expires()));
            case PaymentReleased released -> freed(open, released.paymentId(), amount);
            case PaymentDebited debited ->
                    switch (debited.source()) {
                        case Balance _ -> with(open, totals.debit(amount));
                        case Held held -> {
                            Open freed = freed(open, held.paymentId(), amount);
                            yield with(freed, freed.totals().debit(amount));
                        }
                    };
            case PaymentVoided voided ->
                    switch (voided.source()) {
                        case Balance _ -> with(open, totals.takeBack(amount));
                        case Held held ->
                                holding(
                                        with(open, totals.takeBack(amount).hold(amount)),
                                        held.paymentId(),
                                        new Authorization(amount, held.expires()));
                    };
        };
    }

    private static Open with(Open open, Totals totals) {
        return new Open(open.customerId(), totals, open.authorizations());
    }

    private static Open holding(Open open, String payment, Authorization authorization) {
        Map<String, Authorization> authorizations = new HashMap<>(open.authorizations());
        if (authorizations.put(payment, authorization) != null) {
            throw new IllegalStateException("payment %s is held twice".formatted(payment));
        }
        return new Open(open.customerId(), open.totals(), authorizations);
    }

    /** What an authorization held is in the balance, and the authorization is no more. */
    private static Open freed(Open open, String payment, Money amount) {
        Map<String, Authorization> authorizations = new HashMap<>(open.authorizations());
        Authorization held = authorizations.remove(payment);
        if (held == null || !held.amount().equals(amount)) {
            throw new IllegalStateException(
                    "%s of payment %s were used, where %s are held"
                            .formatted(amount, payment, held == null ? "none" : held.amount()));
        }
        return new Open(open.customerId(), open.totals().free(amount), authorizations);
    }
}
