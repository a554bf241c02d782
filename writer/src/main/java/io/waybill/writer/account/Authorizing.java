package io.waybill.writer.account;

import static io.waybill.writer.account.AccountRefusals.foreign;
import static io.waybill.writer.account.AccountRefusals.isForeign;
import static io.waybill.writer.account.AccountRefusals.uncovered;
import static io.waybill.writer.account.AccountRefusals.unknown;
import static io.waybill.writer.domain.Decision.accept;
import static io.waybill.writer.domain.Decision.nothing;
import static io.waybill.writer.domain.Decision.refuse;
import static io.waybill.writer.domain.RefusalCode.ILLEGAL_STATE;

import io.waybill.writer.account.Account.Open;
import io.waybill.writer.account.AccountCommand.Authorize;
import io.waybill.writer.account.AccountCommand.Expire;
import io.waybill.writer.account.AccountCommand.Release;
import io.waybill.writer.account.AccountEvent.PaymentAuthorized;
import io.waybill.writer.account.AccountEvent.PaymentReleased;
import io.waybill.writer.domain.Decision;
import io.waybill.writer.money.Money;

/** Decides what holds money for payments to come, and what frees it unused. */
final class Authorizing {

    private Authorizing() {}

    static Decision<AccountEvent> authorize(Authorize authorize, Open account) {
        Money amount = authorize.amount();
        if (isForeign(amount, account)) {
            return foreign(amount, account);
        }
        if (!account.totals().covers(amount)) {
            return uncovered("amount", amount, account);
        }
        if (account.authorizations().containsKey(authorize.paymentId())) {
            return refuse(ILLEGAL_STATE, "payment %s is authorized already", authorize.paymentId());
        }
        if (account.authorizations().size() >= Open.MOST_AUTHORIZATIONS) {
            return refuse(
                    ILLEGAL_STATE,
                    "customer %s has %d authorizations open, and more are not possible",
                    account.customerId(),
                    account.authorizations().size());
        }
        return accept(
                new PaymentAuthorized(
                        account.customerId(),
                        authorize.paymentId(),
                        amount,
                        authorize.at().plus(authorize.lasts()),
                        authorize.at()));
    }

    static Decision<AccountEvent> release(Release release, Open account) {
        Authorization held = account.authorizations().get(release.paymentId());
        return held == null
                ? unknown(release.paymentId(), account)
                : accept(
                        new PaymentReleased(
                                account.customerId(),
                                release.paymentId(),
                                held.amount(),
                                false,
                                release.at()));
    }

    static Decision<AccountEvent> expire(Expire expire, Open account) {
        Authorization held = account.authorizations().get(expire.paymentId());
        return held == null || !held.isOver(expire.at())
                ? nothing()
                : accept(
                        new PaymentReleased(
                                account.customerId(),
                                expire.paymentId(),
                                held.amount(),
                                true,
                                expire.at()));
    }
}
