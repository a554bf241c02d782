package io.waybill.writer.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.waybill.proto.account.v1.AuthorizePayment;
import io.waybill.proto.account.v1.DebitPayment;
import io.waybill.proto.account.v1.Deposit;
import io.waybill.proto.account.v1.ReleasePayment;
import io.waybill.proto.account.v1.Withdraw;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.writer.account.AccountCommand;
import io.waybill.writer.account.AccountEvent;
import io.waybill.writer.account.AccountEvent.Deposited;
import io.waybill.writer.account.AccountEvent.PaymentAuthorized;
import io.waybill.writer.account.AccountEvent.PaymentDebited;
import io.waybill.writer.account.AccountEvent.PaymentReleased;
import io.waybill.writer.account.AccountEvent.PaymentVoided;
import io.waybill.writer.account.AccountEvent.Withdrawn;
import io.waybill.writer.account.Source.Balance;
import io.waybill.writer.account.Source.Held;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.money.Money;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

class AccountCodecTest {

    private static final Instant AT = Asking.AT;
    private static final Instant LATER = AT.plusSeconds(3_600);
    private static final String ADA = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final String ORDER = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f70";
    private static final String PAYMENT = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f71";
    private static final Money EUR = Money.of("EUR", 1250);

    static Stream<AccountEvent> events() {
        return Stream.of(
                new Deposited(ADA, EUR, AT),
                new Deposited(ADA, Money.of("JPY", Long.MAX_VALUE), AT),
                new Withdrawn(ADA, EUR, AT),
                new PaymentAuthorized(ADA, PAYMENT, EUR, LATER, AT),
                new PaymentReleased(ADA, PAYMENT, EUR, false, AT),
                new PaymentReleased(ADA, PAYMENT, EUR, true, AT),
                new PaymentDebited(ADA, ORDER, EUR, new Balance(), AT),
                new PaymentDebited(ADA, ORDER, EUR, new Held(PAYMENT, LATER), AT),
                new PaymentVoided(ADA, ORDER, EUR, new Balance(), AT),
                new PaymentVoided(ADA, ORDER, EUR, new Held(PAYMENT, LATER), AT));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_read_back_as_it_was_written(AccountEvent event) {
        RecordedEvent stored = StoredEvents.recorded(AccountEvents.write(event));

        assertThat(AccountEvents.STORED.read(stored)).isEqualTo(event);
    }

    @Test
    void amounts_are_exact_in_the_smallest_unit_of_their_currency() {
        assertThat(read(deposit("12.50", "EUR")))
                .isEqualTo(new AccountCommand.Deposit(ADA, Money.of("EUR", 1250), AT));
        assertThat(read(deposit("1250", "JPY")))
                .isEqualTo(new AccountCommand.Deposit(ADA, Money.of("JPY", 1250), AT));
        assertThat(read(deposit("0.1", "KWD")))
                .isEqualTo(new AccountCommand.Deposit(ADA, Money.of("KWD", 100), AT));
        assertThat(
                        read(
                                Withdraw.newBuilder()
                                        .setCustomerId(ADA)
                                        .setAmount("0.01")
                                        .setCurrency("EUR")
                                        .build()))
                .isEqualTo(new AccountCommand.Withdraw(ADA, Money.of("EUR", 1), AT));
    }

    @Test
    void an_authorization_goes_by_the_id_of_its_command_and_lasts_a_week_unless_told_otherwise() {
        AuthorizePayment.Builder authorize =
                AuthorizePayment.newBuilder()
                        .setCustomerId(ADA)
                        .setAmount("12.50")
                        .setCurrency("EUR");

        assertThat(read(authorize.build()))
                .isEqualTo(
                        new AccountCommand.Authorize(
                                ADA, Asking.COMMAND, EUR, Duration.ofDays(7), AT));
        assertThat(read(authorize.setExpiresIn(60).build()))
                .isEqualTo(
                        new AccountCommand.Authorize(
                                ADA, Asking.COMMAND, EUR, Duration.ofMinutes(1), AT));
    }

    @Test
    void a_release_names_the_payment() {
        assertThat(
                        read(
                                ReleasePayment.newBuilder()
                                        .setCustomerId(ADA)
                                        .setPaymentId(PAYMENT)
                                        .build()))
                .isEqualTo(new AccountCommand.Release(ADA, PAYMENT, AT));
    }

    @Test
    void a_debit_is_paid_by_the_balance_unless_it_names_an_authorization() {
        DebitPayment.Builder debit =
                DebitPayment.newBuilder()
                        .setCustomerId(ADA)
                        .setOrderId(ORDER)
                        .setAmount(ProtoMoney.of(EUR));

        assertThat(read(debit.build())).isEqualTo(new AccountCommand.Debit(ADA, ORDER, EUR, AT));
        assertThat(read(debit.setPaymentId(PAYMENT).build()))
                .isEqualTo(new AccountCommand.DebitAuthorized(ADA, ORDER, EUR, PAYMENT, AT));
    }

    @Test
    void times_are_kept_to_the_microsecond() {
        Instant fine = AT.plusNanos(789);

        assertThat(
                        AccountCodec.read(
                                        Asking.asked(
                                                deposit("1", "EUR"), ADA, fine, Optional.empty()))
                                .at())
                .isEqualTo(AT);
    }

    @Test
    void a_refusal_has_the_code_and_the_field_that_clients_see() {
        AccountCodec codec = new AccountCodec();
        Message release =
                ReleasePayment.newBuilder().setCustomerId(ADA).setPaymentId(PAYMENT).build();

        assertThat(codec.decide(Asking.asked(release, ADA), codec.initial()))
                .isEqualTo(
                        new Decision.Refused(
                                ErrorCode.NOT_FOUND,
                                "account of customer " + ADA + " not found",
                                "customer_id"));
    }

    private static Message deposit(String amount, String currency) {
        return Deposit.newBuilder()
                .setCustomerId(ADA)
                .setAmount(amount)
                .setCurrency(currency)
                .build();
    }

    private static AccountCommand read(Message message) {
        return AccountCodec.read(Asking.asked(message, ADA));
    }
}
