package io.waybill.writer.account;

import static io.waybill.writer.account.AccountRefusals.foreign;
import static io.waybill.writer.account.AccountRefusals.isForeign;
import static io.waybill.writer.account.AccountRefusals.uncovered;
import static io.waybill.writer.domain.Decision.accept;
import static io.waybill.writer.domain.Decision.nothing;
import static io.waybill.writer.domain.Decision.refuse;
import static io.waybill.writer.domain.Decision.refuseField;
import static io.waybill.writer.domain.RefusalCode.AMOUNT_TOO_LARGE;
import static io.waybill.writer.domain.RefusalCode.INSUFFICIENT_FUNDS;
import static io.waybill.writer.domain.RefusalCode.NOT_FOUND;

import io.waybill.writer.account.Account.Absent;
import io.waybill.writer.account.Account.Open;
import io.waybill.writer.account.AccountCommand.Authorize;
import io.waybill.writer.account.AccountCommand.Debit;
import io.waybill.writer.account.AccountCommand.DebitAuthorized;
import io.waybill.writer.account.AccountCommand.Deposit;
import io.waybill.writer.account.AccountCommand.Expire;
import io.waybill.writer.account.AccountCommand.Release;
import io.waybill.writer.account.AccountCommand.VoidDebit;
import io.waybill.writer.account.AccountCommand.Withdraw;
import io.waybill.writer.account.AccountEvent.Deposited;
import io.waybill.writer.account.AccountEvent.Withdrawn;
import io.waybill.writer.domain.Decision;
import io.waybill.writer.money.Money;

/** Decides account commands. Pure: same command and state, same decision. */
public final class AccountDecider {

    private AccountDecider() {}

    /** What comes of a command, given what the account is now. */
    public static Decision<AccountEvent> decide(AccountCommand command, Account account) {
        return switch (account) {
            case Absent _ -> beforeFirstDeposit(command);
            case Open open -> decide(command, open);
        };
    }

    private static Decision<AccountEvent> beforeFirstDeposit(AccountCommand command) {
        return switch (command) {
            case Deposit deposit ->
                    accept(new Deposited(deposit.customerId(), deposit.amount(), deposit.at()));
            case Withdraw _, Authorize _, Release _ ->
                    refuseField(
                            "customer_id",
                            NOT_FOUND,
                            "account of customer %s not found",
                            command.customerId());
            case Debit _, DebitAuthorized _ ->
                    refuse(
                            INSUFFICIENT_FUNDS,
                            "customer %s has no account to pay from",
                            command.customerId());
            case VoidDebit(String customer, String order, var undone, _) -> {
                if (!undone.isEmpty()) {
                    throw new IllegalStateException(
                            "order %s was paid from an account of customer %s that is not there"
                                    .formatted(order, customer));
                }
                yield nothing();
            }
            case Expire _ -> nothing();
        };
    }

    private static Decision<AccountEvent> decide(AccountCommand command, Open account) {
        return switch (command) {
            case Deposit deposit -> deposit(deposit, account);
            case Withdraw withdraw -> withdraw(withdraw, account);
            case Authorize authorize -> Authorizing.authorize(authorize, account);
            case Release release -> Authorizing.release(release, account);
            case Expire expire -> Authorizing.expire(expire, account);
            case Debit debit -> Debiting.debit(debit, account);
            case DebitAuthorized debit -> Debiting.debit(debit, account);
            case VoidDebit undo -> Debiting.takeBack(undo, account);
        };
    }

    private static Decision<AccountEvent> deposit(Deposit deposit, Open account) {
        Money amount = deposit.amount();
        if (isForeign(amount, account)) {
            return foreign(amount, account);
        }
        if (!account.totals().takes(amount)) {
            return refuseField(
                    "amount",
                    AMOUNT_TOO_LARGE,
                    "the deposits of customer %s would be larger than can be counted",
                    account.customerId());
        }
        return accept(new Deposited(account.customerId(), amount, deposit.at()));
    }

    private static Decision<AccountEvent> withdraw(Withdraw withdraw, Open account) {
        Money amount = withdraw.amount();
        if (isForeign(amount, account)) {
            return foreign(amount, account);
        }
        if (!account.totals().covers(amount)) {
            return uncovered("amount", amount, account);
        }
        return accept(new Withdrawn(account.customerId(), amount, withdraw.at()));
    }
}
