package io.waybill.writer.account;

import static io.waybill.writer.domain.Decision.refuseField;
import static io.waybill.writer.domain.RefusalCode.CURRENCY_MISMATCH;
import static io.waybill.writer.domain.RefusalCode.INSUFFICIENT_FUNDS;
import static io.waybill.writer.domain.RefusalCode.UNKNOWN_PAYMENT;

import io.waybill.writer.account.Account.Open;
import io.waybill.writer.domain.Decision;
import io.waybill.writer.money.Money;

/** Refusals that several commands share. */
final class AccountRefusals {

    private AccountRefusals() {}

    static boolean isForeign(Money amount, Open account) {
        return !amount.currency().equals(account.totals().currency());
    }

    static Decision<AccountEvent> foreign(Money amount, Open account) {
        return refuseField(
                "currency",
                CURRENCY_MISMATCH,
                "the account of customer %s is in %s, not in %s",
                account.customerId(),
                account.totals().currency(),
                amount.currency());
    }

    static Decision<AccountEvent> uncovered(String field, Money amount, Open account) {
        return refuseField(
                field,
                INSUFFICIENT_FUNDS,
                "the balance of customer %s does not cover %s",
                account.customerId(),
                amount);
    }

    static Decision<AccountEvent> unknown(String payment, Open account) {
        return refuseField(
                "payment_id",
                UNKNOWN_PAYMENT,
                "customer %s has no open authorization %s",
                account.customerId(),
                payment);
    }
}
