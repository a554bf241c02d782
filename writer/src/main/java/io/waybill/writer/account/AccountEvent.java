package io.waybill.writer.account;

import io.waybill.writer.money.Money;

import java.time.Instant;

/** What happened to an account. */
public sealed interface AccountEvent {

    String customerId();

    Money amount();

    Instant at();

    record Deposited(String customerId, Money amount, Instant at) implements AccountEvent {}

    record Withdrawn(String customerId, Money amount, Instant at) implements AccountEvent {}

    /** Money is held for a payment until it is debited, released, or its time is over. */
    record PaymentAuthorized(
            String customerId, String paymentId, Money amount, Instant expires, Instant at)
            implements AccountEvent {}

    /**
     * Held money is free again.
     *
     * @param expired whether its time was over; otherwise it was asked for
     */
    record PaymentReleased(
            String customerId, String paymentId, Money amount, boolean expired, Instant at)
            implements AccountEvent {}

    /** An order was paid; from an authorization, wholly used up by it, or from the balance. */
    record PaymentDebited(
            String customerId, String orderId, Money amount, Source source, Instant at)
            implements AccountEvent {}

    /**
     * A debit was taken back.
     *
     * @param source where the money is again
     */
    record PaymentVoided(String customerId, String orderId, Money amount, Source source, Instant at)
            implements AccountEvent {}
}
