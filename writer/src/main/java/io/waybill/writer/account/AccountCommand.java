package io.waybill.writer.account;

import io.waybill.writer.account.AccountEvent.PaymentDebited;
import io.waybill.writer.money.Money;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What may be asked of a customer's account. Each command names the customer and carries the time
 * at which it is decided. Amounts are above zero.
 */
public sealed interface AccountCommand {

    String customerId();

    Instant at();

    /** The first one opens the account and fixes its currency. */
    record Deposit(String customerId, Money amount, Instant at) implements AccountCommand {}

    record Withdraw(String customerId, Money amount, Instant at) implements AccountCommand {}

    /**
     * Holds money for one payment to come.
     *
     * @param paymentId what the payment is called from now on
     * @param lasts after that time the money is free again
     */
    record Authorize(String customerId, String paymentId, Money amount, Duration lasts, Instant at)
            implements AccountCommand {

        /** How long an authorization lasts when nobody says. */
        public static final Duration USUALLY = Duration.ofDays(7);
    }

    /** Frees what an authorization holds. */
    record Release(String customerId, String paymentId, Instant at) implements AccountCommand {}

    /** Frees what an authorization holds, if its time is over. */
    record Expire(String customerId, String paymentId, Instant at) implements AccountCommand {}

    /** Pays for an order out of the balance. */
    record Debit(String customerId, String orderId, Money amount, Instant at)
            implements AccountCommand {}

    /** Pays for an order out of an authorization of exactly that amount. */
    record DebitAuthorized(
            String customerId, String orderId, Money amount, String paymentId, Instant at)
            implements AccountCommand {}

    /**
     * Takes a debit back. Never refused.
     *
     * @param undone what the debit did; nothing when it was refused, or never came
     */
    record VoidDebit(String customerId, String orderId, List<PaymentDebited> undone, Instant at)
            implements AccountCommand {}
}
