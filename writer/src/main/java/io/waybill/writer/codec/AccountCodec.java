package io.waybill.writer.codec;

import io.waybill.proto.account.v1.AuthorizePayment;
import io.waybill.proto.account.v1.DebitPayment;
import io.waybill.proto.account.v1.Deposit;
import io.waybill.proto.account.v1.ExpirePayment;
import io.waybill.proto.account.v1.ReleasePayment;
import io.waybill.proto.account.v1.VoidPayment;
import io.waybill.proto.account.v1.Withdraw;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.writer.account.Account;
import io.waybill.writer.account.AccountCommand;
import io.waybill.writer.account.AccountDecider;
import io.waybill.writer.account.AccountEvent.PaymentDebited;
import io.waybill.writer.account.AccountFold;
import io.waybill.writer.decide.AggregateType;
import io.waybill.writer.decide.Asked;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.decide.Snapshots;
import io.waybill.writer.decide.TimerChanges;
import io.waybill.writer.money.Money;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Accounts for the pipeline: the domain's decisions, read from and written as protobuf, with a
 * timer for each authorization that is open.
 */
public final class AccountCodec implements AggregateType<Account> {

    @Override
    public String name() {
        return "account";
    }

    @Override
    public Account initial() {
        return AccountFold.initial();
    }

    @Override
    public Account evolve(Account state, RecordedEvent event) {
        return AccountFold.evolve(state, AccountEvents.STORED.read(event));
    }

    @Override
    public int entries(Account state) {
        return switch (state) {
            case Account.Absent absent -> 0;
            case Account.Open open -> open.authorizations().size();
        };
    }

    @Override
    public Optional<Snapshots<Account>> snapshots() {
        return Optional.of(new AccountSnapshots());
    }

    @Override
    public Decision decide(Asked asked, Account state) {
        AccountCommand command = read(asked);
        var decision = AccountDecider.decide(command, state);
        return command instanceof AccountCommand.Expire expire
                        && decision.equals(io.waybill.writer.domain.Decision.nothing())
                ? early(expire, state)
                : StoredDecision.of(decision, AccountEvents::write, PaymentTimers::after);
    }

    /** A timer that fired is gone: one whose authorization is open still is to fire again. */
    private static Decision early(AccountCommand.Expire expire, Account state) {
        TimerChanges timers = PaymentTimers.standing(expire.paymentId(), state);
        return timers.equals(TimerChanges.NONE)
                ? new Decision.Needless()
                : new Decision.Accepted(List.of(), timers, List.of());
    }

    static AccountCommand read(Asked asked) {
        String id = asked.id();
        Instant at = asked.at().truncatedTo(ChronoUnit.MICROS);
        return switch (asked.command().message()) {
            case Deposit deposit ->
                    new AccountCommand.Deposit(
                            id, Money.parse(deposit.getAmount(), deposit.getCurrency()), at);
            case Withdraw withdraw ->
                    new AccountCommand.Withdraw(
                            id, Money.parse(withdraw.getAmount(), withdraw.getCurrency()), at);
            case AuthorizePayment authorize ->
                    new AccountCommand.Authorize(
                            id,
                            asked.commandId(),
                            Money.parse(authorize.getAmount(), authorize.getCurrency()),
                            authorize.hasExpiresIn()
                                    ? Duration.ofSeconds(authorize.getExpiresIn())
                                    : AccountCommand.Authorize.USUALLY,
                            at);
            case ReleasePayment release ->
                    new AccountCommand.Release(id, release.getPaymentId(), at);
            case ExpirePayment expire -> new AccountCommand.Expire(id, expire.getPaymentId(), at);
            case DebitPayment debit -> debit(debit, id, at);
            case VoidPayment undo ->
                    new AccountCommand.VoidDebit(
                            id,
                            undo.getOrderId(),
                            UndoneEvents.of(asked, AccountEvents.STORED, PaymentDebited.class),
                            at);
            default ->
                    throw new IllegalStateException(
                            asked.command().type().topic() + " is not an account's command");
        };
    }

    private static AccountCommand debit(DebitPayment debit, String id, Instant at) {
        Money amount = ProtoMoney.toMoney(debit.getAmount());
        return debit.hasPaymentId()
                ? new AccountCommand.DebitAuthorized(
                        id, debit.getOrderId(), amount, debit.getPaymentId(), at)
                : new AccountCommand.Debit(id, debit.getOrderId(), amount, at);
    }
}
