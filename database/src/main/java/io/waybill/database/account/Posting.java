package io.waybill.database.account;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;

import io.waybill.database.projection.Happening;
import io.waybill.database.projection.UnknownEventException;
import io.waybill.proto.account.v1.Deposited;
import io.waybill.proto.account.v1.PaymentAuthorized;
import io.waybill.proto.account.v1.PaymentDebited;
import io.waybill.proto.account.v1.PaymentReleased;
import io.waybill.proto.account.v1.PaymentVoided;
import io.waybill.proto.account.v1.Withdrawn;
import io.waybill.proto.common.v1.Money;

/**
 * An amount that went from one place of an account to another: what every event of an account is.
 *
 * @param kind as it stands in statements: {@code PAYMENT_DEBITED}
 * @param orderId empty when it was for no order
 * @param paymentId the authorization, empty when there was none
 * @param expires of the authorization, where money goes to one
 */
record Posting(
        String kind,
        Place from,
        Place to,
        Money amount,
        String orderId,
        String paymentId,
        Timestamp expires,
        Timestamp at) {

    /** Where the money of an account is. */
    enum Place {
        /** Not in it yet: what comes from here was deposited. */
        OUTSIDE,
        BALANCE,
        /** Kept for a payment. */
        HELD,
        DEBITED,
        WITHDRAWN
    }

    static Posting of(Happening event)
            throws UnknownEventException, InvalidProtocolBufferException {
        return switch (event.type()) {
            case "waybill.account.v1.Deposited" -> of(Deposited.parseFrom(event.data()));
            case "waybill.account.v1.Withdrawn" -> of(Withdrawn.parseFrom(event.data()));
            case "waybill.account.v1.PaymentAuthorized" ->
                    of(PaymentAuthorized.parseFrom(event.data()));
            case "waybill.account.v1.PaymentReleased" ->
                    of(PaymentReleased.parseFrom(event.data()));
            case "waybill.account.v1.PaymentDebited" -> of(PaymentDebited.parseFrom(event.data()));
            case "waybill.account.v1.PaymentVoided" -> of(PaymentVoided.parseFrom(event.data()));
            default -> throw event.unknown();
        };
    }

    private static Posting of(Deposited deposited) {
        return new Posting(
                "DEPOSITED",
                Place.OUTSIDE,
                Place.BALANCE,
                deposited.getAmount(),
                "",
                "",
                Timestamp.getDefaultInstance(),
                deposited.getAt());
    }

    private static Posting of(Withdrawn withdrawn) {
        return new Posting(
                "WITHDRAWN",
                Place.BALANCE,
                Place.WITHDRAWN,
                withdrawn.getAmount(),
                "",
                "",
                Timestamp.getDefaultInstance(),
                withdrawn.getAt());
    }

    private static Posting of(PaymentAuthorized authorized) {
        return new Posting(
                "PAYMENT_AUTHORIZED",
                Place.BALANCE,
                Place.HELD,
                authorized.getAmount(),
                "",
                authorized.getPaymentId(),
                authorized.getExpires(),
                authorized.getAt());
    }

    private static Posting of(PaymentReleased released) {
        return new Posting(
                "PAYMENT_RELEASED",
                Place.HELD,
                Place.BALANCE,
                released.getAmount(),
                "",
                released.getPaymentId(),
                Timestamp.getDefaultInstance(),
                released.getAt());
    }

    private static Posting of(PaymentDebited debited) {
        return new Posting(
                "PAYMENT_DEBITED",
                source(debited.getPaymentId()),
                Place.DEBITED,
                debited.getAmount(),
                debited.getOrderId(),
                debited.getPaymentId(),
                Timestamp.getDefaultInstance(),
                debited.getAt());
    }

    private static Posting of(PaymentVoided voided) {
        return new Posting(
                "PAYMENT_VOIDED",
                Place.DEBITED,
                source(voided.getPaymentId()),
                voided.getAmount(),
                voided.getOrderId(),
                voided.getPaymentId(),
                voided.getExpires(),
                voided.getAt());
    }

    private static Place source(String paymentId) {
        return paymentId.isEmpty() ? Place.BALANCE : Place.HELD;
    }
}
