package io.waybill.writer.account;

import static io.waybill.writer.account.AccountRefusals.foreign;
import static io.waybill.writer.account.AccountRefusals.isForeign;
import static io.waybill.writer.account.AccountRefusals.uncovered;
import static io.waybill.writer.account.AccountRefusals.unknown;
import static io.waybill.writer.domain.Decision.accept;
import static io.waybill.writer.domain.Decision.refuseField;
import static io.waybill.writer.domain.RefusalCode.AMOUNT_MISMATCH;
import static io.waybill.writer.domain.RefusalCode.UNKNOWN_PAYMENT;

import io.waybill.writer.account.Account.Open;
import io.waybill.writer.account.AccountCommand.Debit;
import io.waybill.writer.account.AccountCommand.DebitAuthorized;
import io.waybill.writer.account.AccountCommand.VoidDebit;
import io.waybill.writer.account.AccountEvent.PaymentDebited;
import io.waybill.writer.account.AccountEvent.PaymentVoided;
import io.waybill.writer.account.Source.Balance;
import io.waybill.writer.account.Source.Held;
import io.waybill.writer.domain.Decision;
import io.waybill.writer.money.Money;

import java.time.Instant;

/** Decides what pays for orders, and what takes that back. */
final class Debiting {

    private Debiting() {}

    static Decision<AccountEvent> debit(Debit debit, Open account) {
        Money amount = debit.amount();
        if (isForeign(amount, account)) {
            return foreign(amount, account);
        }
        if (!account.totals().covers(amount)) {
            return uncovered("", amount, account);
        }
        return accept(
                new PaymentDebited(
                        account.customerId(), debit.orderId(), amount, new Balance(), debit.at()));
    }

    static Decision<AccountEvent> debit(DebitAuthorized debit, Open account) {
        Money amount = debit.amount();
        String payment = debit.paymentId();
        if (isForeign(amount, account)) {
            return foreign(amount, account);
        }
        Authorization held = account.authorizations().get(payment);
        if (held == null) {
            return unknown(payment, account);
        }
        if (held.isOver(debit.at())) {
            return refuseField(
                    "payment_id", UNKNOWN_PAYMENT, "the authorization %s has expired", payment);
        }
        if (!held.amount().equals(amount)) {
            return refuseField(
                    "payment_id",
                    AMOUNT_MISMATCH,
                    "the authorization %s is for %s, not for %s",
                    payment,
                    held.amount(),
                    amount);
        }
        return accept(
                new PaymentDebited(
                        account.customerId(),
                        debit.orderId(),
                        amount,
                        new Held(payment, held.expires()),
                        debit.at()));
    }

    /** Never refused: what a debit did is taken back, and one that did nothing needs nothing. */
    static Decision<AccountEvent> takeBack(VoidDebit undo, Open account) {
        return new Decision.Accepted<>(
                undo.undone().stream()
                        .<AccountEvent>map(done -> voided(done, account, undo.at()))
                        .toList());
    }

    /** The money goes back to where it came from, or to the balance when nothing is there. */
    private static PaymentVoided voided(PaymentDebited done, Open account, Instant at) {
        return new PaymentVoided(
                account.customerId(),
                done.orderId(),
                done.amount(),
                restorable(done.source(), account, at) ? done.source() : new Balance(),
                at);
    }

    /**
     * Whether an authorization can hold its money again: not when it has expired, nor when another
     * one goes by its name, as another principal's may.
     */
    private static boolean restorable(Source source, Open account, Instant at) {
        return switch (source) {
            case Balance _ -> true;
            case Held(String payment, Instant expires) ->
                    at.isBefore(expires) && !account.authorizations().containsKey(payment);
        };
    }
}
