package io.waybill.writer.codec;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;

import io.waybill.writer.account.AccountEvent;
import io.waybill.writer.account.AccountEvent.Deposited;
import io.waybill.writer.account.AccountEvent.PaymentAuthorized;
import io.waybill.writer.account.AccountEvent.PaymentDebited;
import io.waybill.writer.account.AccountEvent.PaymentReleased;
import io.waybill.writer.account.AccountEvent.PaymentVoided;
import io.waybill.writer.account.AccountEvent.Withdrawn;
import io.waybill.writer.account.Source;
import io.waybill.writer.account.Source.Balance;
import io.waybill.writer.account.Source.Held;
import io.waybill.writer.time.ProtoTime;

/** What happened to accounts, as it is stored. */
final class AccountEvents {

    static final StoredEvents<AccountEvent> STORED =
            StoredEvents.<AccountEvent>of("an account")
                    .and(
                            io.waybill.proto.account.v1.Deposited.getDefaultInstance(),
                            deposited ->
                                    new Deposited(
                                            deposited.getCustomerId(),
                                            ProtoMoney.toMoney(deposited.getAmount()),
                                            ProtoTime.toInstant(deposited.getAt())))
                    .and(
                            io.waybill.proto.account.v1.Withdrawn.getDefaultInstance(),
                            withdrawn ->
                                    new Withdrawn(
                                            withdrawn.getCustomerId(),
                                            ProtoMoney.toMoney(withdrawn.getAmount()),
                                            ProtoTime.toInstant(withdrawn.getAt())))
                    .and(
                            io.waybill.proto.account.v1.PaymentAuthorized.getDefaultInstance(),
                            authorized ->
                                    new PaymentAuthorized(
                                            authorized.getCustomerId(),
                                            authorized.getPaymentId(),
                                            ProtoMoney.toMoney(authorized.getAmount()),
                                            ProtoTime.toInstant(authorized.getExpires()),
                                            ProtoTime.toInstant(authorized.getAt())))
                    .and(
                            io.waybill.proto.account.v1.PaymentReleased.getDefaultInstance(),
                            released ->
                                    new PaymentReleased(
                                            released.getCustomerId(),
                                            released.getPaymentId(),
                                            ProtoMoney.toMoney(released.getAmount()),
                                            released.getExpired(),
                                            ProtoTime.toInstant(released.getAt())))
                    .and(
                            io.waybill.proto.account.v1.PaymentDebited.getDefaultInstance(),
                            debited ->
                                    new PaymentDebited(
                                            debited.getCustomerId(),
                                            debited.getOrderId(),
                                            ProtoMoney.toMoney(debited.getAmount()),
                                            source(debited.getPaymentId(), debited.getExpires()),
                                            ProtoTime.toInstant(debited.getAt())))
                    .and(
                            io.waybill.proto.account.v1.PaymentVoided.getDefaultInstance(),
                            voided ->
                                    new PaymentVoided(
                                            voided.getCustomerId(),
                                            voided.getOrderId(),
                                            ProtoMoney.toMoney(voided.getAmount()),
                                            source(voided.getPaymentId(), voided.getExpires()),
                                            ProtoTime.toInstant(voided.getAt())));

    private AccountEvents() {}

    static Message write(AccountEvent event) {
        return switch (event) {
            case Deposited deposited ->
                    io.waybill.proto.account.v1.Deposited.newBuilder()
                            .setCustomerId(deposited.customerId())
                            .setAmount(ProtoMoney.of(deposited.amount()))
                            .setAt(ProtoTime.of(deposited.at()))
                            .build();
            case Withdrawn withdrawn ->
                    io.waybill.proto.account.v1.Withdrawn.newBuilder()
                            .setCustomerId(withdrawn.customerId())
                            .setAmount(ProtoMoney.of(withdrawn.amount()))
                            .setAt(ProtoTime.of(withdrawn.at()))
                            .build();
            case PaymentAuthorized authorized ->
                    io.waybill.proto.account.v1.PaymentAuthorized.newBuilder()
                            .setCustomerId(authorized.customerId())
                            .setPaymentId(authorized.paymentId())
                            .setAmount(ProtoMoney.of(authorized.amount()))
                            .setExpires(ProtoTime.of(authorized.expires()))
                            .setAt(ProtoTime.of(authorized.at()))
                            .build();
            case PaymentReleased released ->
                    io.waybill.proto.account.v1.PaymentReleased.newBuilder()
                            .setCustomerId(released.customerId())
                            .setPaymentId(released.paymentId())
                            .setAmount(ProtoMoney.of(released.amount()))
                            .setExpired(released.expired())
                            .setAt(ProtoTime.of(released.at()))
                            .build();
            case PaymentDebited debited -> write(debited);
            case PaymentVoided voided -> write(voided);
        };
    }

    private static Message write(PaymentDebited event) {
        var debited =
                io.waybill.proto.account.v1.PaymentDebited.newBuilder()
                        .setCustomerId(event.customerId())
                        .setOrderId(event.orderId())
                        .setAmount(ProtoMoney.of(event.amount()))
                        .setAt(ProtoTime.of(event.at()));
        if (event.source() instanceof Held held) {
            debited.setPaymentId(held.paymentId()).setExpires(ProtoTime.of(held.expires()));
        }
        return debited.build();
    }

    private static Message write(PaymentVoided event) {
        var voided =
                io.waybill.proto.account.v1.PaymentVoided.newBuilder()
                        .setCustomerId(event.customerId())
                        .setOrderId(event.orderId())
                        .setAmount(ProtoMoney.of(event.amount()))
                        .setAt(ProtoTime.of(event.at()));
        if (event.source() instanceof Held held) {
            voided.setPaymentId(held.paymentId()).setExpires(ProtoTime.of(held.expires()));
        }
        return voided.build();
    }

    private static Source source(String payment, Timestamp expires) {
        return payment.isEmpty() ? new Balance() : new Held(payment, ProtoTime.toInstant(expires));
    }
}
