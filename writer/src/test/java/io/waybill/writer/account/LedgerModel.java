package io.waybill.writer.account;

import io.waybill.writer.account.AccountCommand.Authorize;
import io.waybill.writer.account.AccountCommand.Debit;
import io.waybill.writer.account.AccountCommand.DebitAuthorized;
import io.waybill.writer.account.AccountCommand.Deposit;
import io.waybill.writer.account.AccountCommand.Expire;
import io.waybill.writer.account.AccountCommand.Release;
import io.waybill.writer.account.AccountCommand.VoidDebit;
import io.waybill.writer.account.AccountCommand.Withdraw;
import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.money.Money;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An account as one would keep it on paper: an entry for each order and each authorization. */
final class LedgerModel {

    private record Payment(long amount, Instant expires) {}

    private record Paid(long amount, String payment, Instant expires) {}

    private Optional<Currency> currency = Optional.empty();
    private BigInteger deposited = BigInteger.ZERO;
    private BigInteger withdrawn = BigInteger.ZERO;
    private final Map<String, Payment> payments = new HashMap<>();
    private final Map<String, Paid> paid = new HashMap<>();

    BigInteger deposited() {
        return deposited;
    }

    BigInteger withdrawn() {
        return withdrawn;
    }

    BigInteger held() {
        return payments.values().stream()
                .map(payment -> BigInteger.valueOf(payment.amount()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    BigInteger debited() {
        return paid.values().stream()
                .map(debit -> BigInteger.valueOf(debit.amount()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    BigInteger balance() {
        return deposited.subtract(withdrawn).subtract(held()).subtract(debited());
    }

    int openPayments() {
        return payments.size();
    }

    boolean isOpen(String payment) {
        return payments.containsKey(payment);
    }

    /** Applies a command that comes for the first time, or says why it is to be refused. */
    Optional<RefusalCode> ask(AccountCommand command) {
        Optional<RefusalCode> refusal = refusal(command);
        if (refusal.isEmpty()) {
            apply(command);
        }
        return refusal;
    }

    private Optional<RefusalCode> refusal(AccountCommand command) {
        return switch (command) {
            case Deposit deposit when isForeign(deposit.amount()) ->
                    Optional.of(RefusalCode.CURRENCY_MISMATCH);
            case Deposit deposit when deposited.add(of(deposit.amount())).bitLength() > 63 ->
                    Optional.of(RefusalCode.AMOUNT_TOO_LARGE);
            case Withdraw withdraw -> fromBalance(withdraw.amount(), RefusalCode.NOT_FOUND);
            case Authorize authorize -> fromBalance(authorize.amount(), RefusalCode.NOT_FOUND);
            case Debit debit -> fromBalance(debit.amount(), RefusalCode.INSUFFICIENT_FUNDS);
            case Release _ when currency.isEmpty() -> Optional.of(RefusalCode.NOT_FOUND);
            case Release release when !payments.containsKey(release.paymentId()) ->
                    Optional.of(RefusalCode.UNKNOWN_PAYMENT);
            case DebitAuthorized _ when currency.isEmpty() ->
                    Optional.of(RefusalCode.INSUFFICIENT_FUNDS);
            case DebitAuthorized debit when isForeign(debit.amount()) ->
                    Optional.of(RefusalCode.CURRENCY_MISMATCH);
            case DebitAuthorized debit -> fromPayment(debit);
            case Deposit _, Release _, Expire _, VoidDebit _ -> Optional.empty();
        };
    }

    private Optional<RefusalCode> fromBalance(Money amount, RefusalCode noAccount) {
        if (currency.isEmpty()) {
            return Optional.of(noAccount);
        }
        if (isForeign(amount)) {
            return Optional.of(RefusalCode.CURRENCY_MISMATCH);
        }
        return balance().compareTo(of(amount)) < 0
                ? Optional.of(RefusalCode.INSUFFICIENT_FUNDS)
                : Optional.empty();
    }

    private Optional<RefusalCode> fromPayment(DebitAuthorized debit) {
        Payment payment = payments.get(debit.paymentId());
        if (payment == null || !debit.at().isBefore(payment.expires())) {
            return Optional.of(RefusalCode.UNKNOWN_PAYMENT);
        }
        return payment.amount() == debit.amount().minor()
                ? Optional.empty()
                : Optional.of(RefusalCode.AMOUNT_MISMATCH);
    }

    private void apply(AccountCommand command) {
        switch (command) {
            case Deposit deposit -> {
                currency = Optional.of(deposit.amount().currency());
                deposited = deposited.add(of(deposit.amount()));
            }
            case Withdraw withdraw -> withdrawn = withdrawn.add(of(withdraw.amount()));
            case Authorize authorize ->
                    payments.put(
                            authorize.paymentId(),
                            new Payment(
                                    authorize.amount().minor(),
                                    authorize.at().plus(authorize.lasts())));
            case Release release -> payments.remove(release.paymentId());
            case Expire expire -> {
                Payment payment = payments.get(expire.paymentId());
                if (payment != null && !expire.at().isBefore(payment.expires())) {
                    payments.remove(expire.paymentId());
                }
            }
            case Debit debit ->
                    paid.put(debit.orderId(), new Paid(debit.amount().minor(), "", Instant.EPOCH));
            case DebitAuthorized debit -> {
                Payment payment = Objects.requireNonNull(payments.remove(debit.paymentId()));
                paid.put(
                        debit.orderId(),
                        new Paid(payment.amount(), debit.paymentId(), payment.expires()));
            }
            case VoidDebit undo -> {
                Paid debit = paid.remove(undo.orderId());
                if (debit != null && undo.at().isBefore(debit.expires())) {
                    payments.put(debit.payment(), new Payment(debit.amount(), debit.expires()));
                }
            }
        }
    }

    private boolean isForeign(Money amount) {
        return currency.filter(known -> !known.equals(amount.currency())).isPresent();
    }

    private static BigInteger of(Money amount) {
        return BigInteger.valueOf(amount.minor());
    }
}
