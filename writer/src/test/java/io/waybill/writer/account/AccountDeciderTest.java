package io.waybill.writer.account;

import static io.waybill.writer.domain.RefusalCode.AMOUNT_MISMATCH;
import static io.waybill.writer.domain.RefusalCode.AMOUNT_TOO_LARGE;
import static io.waybill.writer.domain.RefusalCode.CURRENCY_MISMATCH;
import static io.waybill.writer.domain.RefusalCode.ILLEGAL_STATE;
import static io.waybill.writer.domain.RefusalCode.INSUFFICIENT_FUNDS;
import static io.waybill.writer.domain.RefusalCode.NOT_FOUND;
import static io.waybill.writer.domain.RefusalCode.UNKNOWN_PAYMENT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.waybill.writer.account.AccountEvent.PaymentAuthorized;
import io.waybill.writer.account.AccountEvent.PaymentDebited;
import io.waybill.writer.account.AccountEvent.PaymentReleased;
import io.waybill.writer.account.AccountEvent.PaymentVoided;
import io.waybill.writer.account.AccountEvent.Withdrawn;
import io.waybill.writer.account.Source.Balance;
import io.waybill.writer.account.Source.Held;
import io.waybill.writer.domain.Scenario;
import io.waybill.writer.domain.Scenario.Given;
import io.waybill.writer.money.Money;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class AccountDeciderTest {

    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static final Scenario<AccountCommand, Account, AccountEvent> ACCOUNTS =
            new Scenario<>(AccountFold.initial(), AccountFold::evolve, AccountDecider::decide);

    private static final Deposited TWENTY = new Deposited("ada", eur(2000), NINE);
    private static final PaymentAuthorized HELD =
            new PaymentAuthorized("ada", "p1", eur(1250), NOON, NINE);
    private static final PaymentDebited PAID =
            new PaymentDebited("ada", "o1", eur(700), new Balance(), TEN);
    private static final PaymentDebited PAID_BY_HELD =
            new PaymentDebited("ada", "o1", eur(1250), new Held("p1", NOON), TEN);

    @Test
    void the_first_deposit_opens_an_account() {
        given().when(new Deposit("ada", eur(2000), NINE)).then(TWENTY);

        assertThat(open(TWENTY).totals().balance()).isEqualTo(eur(2000));
    }

    @Test
    void another_deposit_adds_to_it() {
        given(TWENTY).when(new Deposit("ada", eur(1), TEN)).then(new Deposited("ada", eur(1), TEN));
    }

    @Test
    void the_first_deposit_fixes_the_currency() {
        String sentence = "the account of customer ada is in EUR, not in USD";
        given(TWENTY)
                .when(new Deposit("ada", usd(1), TEN))
                .thenRefused(CURRENCY_MISMATCH, "currency", sentence);
        given(TWENTY)
                .when(new Withdraw("ada", usd(1), TEN))
                .thenRefused(CURRENCY_MISMATCH, "currency", sentence);
        given(TWENTY)
                .when(new Authorize("ada", "p1", usd(1), Duration.ofHours(1), TEN))
                .thenRefused(CURRENCY_MISMATCH, "currency", sentence);
        given(TWENTY)
                .when(new Debit("ada", "o1", usd(1), TEN))
                .thenRefused(CURRENCY_MISMATCH, "currency", sentence);
        given(TWENTY, HELD)
                .when(new DebitAuthorized("ada", "o1", usd(1250), "p1", TEN))
                .thenRefused(CURRENCY_MISMATCH, "currency", sentence);
    }

    @Test
    void a_deposit_that_could_not_be_counted_exactly_is_refused_and_never_wraps() {
        Deposited most = new Deposited("ada", eur(Long.MAX_VALUE - 5), NINE);
        given(most)
                .when(new Deposit("ada", eur(6), TEN))
                .thenRefused(
                        AMOUNT_TOO_LARGE,
                        "amount",
                        "the deposits of customer ada would be larger than can be counted");
        given(most).when(new Deposit("ada", eur(5), TEN)).then(new Deposited("ada", eur(5), TEN));
    }

    @Test
    void what_was_withdrawn_still_counts_as_deposited() {
        Deposited most = new Deposited("ada", eur(Long.MAX_VALUE), NINE);
        Withdrawn all = new Withdrawn("ada", eur(Long.MAX_VALUE), NINE);
        given(most, all)
                .when(new Deposit("ada", eur(1), TEN))
                .thenRefused(
                        AMOUNT_TOO_LARGE,
                        "amount",
                        "the deposits of customer ada would be larger than can be counted");
    }

    @Test
    void a_client_is_told_that_there_is_no_account() {
        String sentence = "account of customer ada not found";
        given().when(new Withdraw("ada", eur(1), NINE))
                .thenRefused(NOT_FOUND, "customer_id", sentence);
        given().when(new Authorize("ada", "p1", eur(1), Duration.ofDays(1), NINE))
                .thenRefused(NOT_FOUND, "customer_id", sentence);
        given().when(new Release("ada", "p1", NINE))
                .thenRefused(NOT_FOUND, "customer_id", sentence);
    }

    @Test
    void an_order_cannot_be_paid_without_an_account() {
        String sentence = "customer ada has no account to pay from";
        given().when(new Debit("ada", "o1", eur(1), NINE))
                .thenRefused(INSUFFICIENT_FUNDS, "", sentence);
        given().when(new DebitAuthorized("ada", "o1", eur(1), "p1", NINE))
                .thenRefused(INSUFFICIENT_FUNDS, "", sentence);
    }

    @Test
    void the_balance_can_be_withdrawn_and_no_more() {
        given(TWENTY)
                .when(new Withdraw("ada", eur(2000), TEN))
                .then(new Withdrawn("ada", eur(2000), TEN));
        given(TWENTY)
                .when(new Withdraw("ada", eur(2001), TEN))
                .thenRefused(
                        INSUFFICIENT_FUNDS,
                        "amount",
                        "the balance of customer ada does not cover 20.01 EUR");
    }

    @Test
    void what_is_held_cannot_be_withdrawn_nor_held_again_nor_pay_for_another_order() {
        String sentence = "the balance of customer ada does not cover 7.51 EUR";
        given(TWENTY, HELD)
                .when(new Withdraw("ada", eur(751), TEN))
                .thenRefused(INSUFFICIENT_FUNDS, "amount", sentence);
        given(TWENTY, HELD)
                .when(new Authorize("ada", "p2", eur(751), Duration.ofHours(1), TEN))
                .thenRefused(INSUFFICIENT_FUNDS, "amount", sentence);
        given(TWENTY, HELD)
                .when(new Debit("ada", "o1", eur(751), TEN))
                .thenRefused(INSUFFICIENT_FUNDS, "", sentence);
    }

    @Test
    void an_authorization_holds_money_for_as_long_as_is_asked() {
        given(TWENTY)
                .when(new Authorize("ada", "p1", eur(1250), Duration.ofHours(3), NINE))
                .then(HELD);

        assertThat(open(TWENTY, HELD).totals())
                .isEqualTo(new Totals(eur(2000), eur(750), eur(1250), eur(0), eur(0)));
    }

    @Test
    void another_authorization_by_the_same_id_is_refused() {
        given(TWENTY, HELD)
                .when(new Authorize("ada", "p1", eur(1), Duration.ofHours(3), TEN))
                .thenRefused(ILLEGAL_STATE, "", "payment p1 is authorized already");
    }

    @Test
    void more_than_a_thousand_open_authorizations_are_refused() {
        List<AccountEvent> events = new ArrayList<>(List.of(TWENTY));
        for (int i = 0; i < 1_000; i++) {
            events.add(new PaymentAuthorized("ada", "p" + i, eur(1), NOON, NINE));
        }
        given(events.toArray(AccountEvent[]::new))
                .when(new Authorize("ada", "more", eur(1), Duration.ofHours(3), TEN))
                .thenRefused(
                        ILLEGAL_STATE,
                        "",
                        "customer ada has 1000 authorizations open, and more are not possible");
    }

    @Test
    void a_release_frees_what_is_held() {
        PaymentReleased released = new PaymentReleased("ada", "p1", eur(1250), false, TEN);
        given(TWENTY, HELD).when(new Release("ada", "p1", TEN)).then(released);

        assertThat(open(TWENTY, HELD, released)).isEqualTo(open(TWENTY));
    }

    @Test
    void an_unknown_a_released_and_a_used_authorization_cannot_be_released() {
        String sentence = "customer ada has no open authorization p1";
        PaymentReleased released = new PaymentReleased("ada", "p1", eur(1250), false, TEN);
        given(TWENTY)
                .when(new Release("ada", "p1", TEN))
                .thenRefused(UNKNOWN_PAYMENT, "payment_id", sentence);
        given(TWENTY, HELD, released)
                .when(new Release("ada", "p1", TEN))
                .thenRefused(UNKNOWN_PAYMENT, "payment_id", sentence);
        given(TWENTY, HELD, PAID_BY_HELD)
                .when(new Release("ada", "p1", TEN))
                .thenRefused(UNKNOWN_PAYMENT, "payment_id", sentence);
    }

    @Test
    void an_authorization_expires_when_its_time_has_come() {
        given(TWENTY, HELD)
                .when(new Expire("ada", "p1", NOON))
                .then(new PaymentReleased("ada", "p1", eur(1250), true, NOON));
        given(TWENTY, HELD).when(new Expire("ada", "p1", NOON.minusNanos(1_000))).thenNothing();
    }

    @Test
    void what_is_not_open_does_not_expire() {
        given().when(new Expire("ada", "p1", NOON)).thenNothing();
        given(TWENTY).when(new Expire("ada", "p1", NOON)).thenNothing();
        given(TWENTY, HELD, PAID_BY_HELD).when(new Expire("ada", "p1", NOON)).thenNothing();
    }

    @Test
    void an_order_is_paid_out_of_the_balance() {
        given(TWENTY).when(new Debit("ada", "o1", eur(700), TEN)).then(PAID);

        assertThat(open(TWENTY, PAID).totals())
                .isEqualTo(new Totals(eur(2000), eur(1300), eur(0), eur(700), eur(0)));
    }

    @Test
    void an_order_is_paid_out_of_an_authorization_which_is_used_up_by_it() {
        given(TWENTY, HELD)
                .when(new DebitAuthorized("ada", "o1", eur(1250), "p1", TEN))
                .then(PAID_BY_HELD);

        Open after = open(TWENTY, HELD, PAID_BY_HELD);
        assertThat(after.authorizations()).isEmpty();
        assertThat(after.totals())
                .isEqualTo(new Totals(eur(2000), eur(750), eur(0), eur(1250), eur(0)));
    }

    @Test
    void an_authorization_pays_exactly_its_amount() {
        given(TWENTY, HELD)
                .when(new DebitAuthorized("ada", "o1", eur(1249), "p1", TEN))
                .thenRefused(
                        AMOUNT_MISMATCH,
                        "payment_id",
                        "the authorization p1 is for 12.50 EUR, not for 12.49 EUR");
    }

    @Test
    void an_unknown_authorization_pays_nothing() {
        given(TWENTY)
                .when(new DebitAuthorized("ada", "o1", eur(1250), "p1", TEN))
                .thenRefused(
                        UNKNOWN_PAYMENT, "payment_id", "customer ada has no open authorization p1");
    }

    @Test
    void an_expired_authorization_pays_nothing_even_before_its_timer_fires() {
        given(TWENTY, HELD)
                .when(new DebitAuthorized("ada", "o1", eur(1250), "p1", NOON))
                .thenRefused(UNKNOWN_PAYMENT, "payment_id", "the authorization p1 has expired");
    }

    @Test
    void a_debit_that_is_taken_back_returns_to_the_balance() {
        PaymentVoided voided = new PaymentVoided("ada", "o1", eur(700), new Balance(), NOON);
        given(TWENTY, PAID).when(new VoidDebit("ada", "o1", List.of(PAID), NOON)).then(voided);

        assertThat(open(TWENTY, PAID, voided)).isEqualTo(open(TWENTY));
    }

    @Test
    void a_debit_that_is_taken_back_returns_to_the_authorization_it_came_from() {
        PaymentVoided voided = new PaymentVoided("ada", "o1", eur(1250), new Held("p1", NOON), TEN);
        given(TWENTY, HELD, PAID_BY_HELD)
                .when(new VoidDebit("ada", "o1", List.of(PAID_BY_HELD), TEN))
                .then(voided);

        assertThat(open(TWENTY, HELD, PAID_BY_HELD, voided)).isEqualTo(open(TWENTY, HELD));
    }

    @Test
    void a_debit_that_is_taken_back_returns_to_the_balance_when_its_authorization_has_expired() {
        PaymentVoided voided = new PaymentVoided("ada", "o1", eur(1250), new Balance(), NOON);
        given(TWENTY, HELD, PAID_BY_HELD)
                .when(new VoidDebit("ada", "o1", List.of(PAID_BY_HELD), NOON))
                .then(voided);

        assertThat(open(TWENTY, HELD, PAID_BY_HELD, voided)).isEqualTo(open(TWENTY));
    }

    @Test
    void a_debit_that_is_taken_back_never_mixes_with_another_authorization_of_the_same_id() {
        PaymentAuthorized other = new PaymentAuthorized("ada", "p1", eur(1), NOON, TEN);
        PaymentVoided voided = new PaymentVoided("ada", "o1", eur(1250), new Balance(), TEN);
        given(TWENTY, HELD, PAID_BY_HELD, other)
                .when(new VoidDebit("ada", "o1", List.of(PAID_BY_HELD), TEN))
                .then(voided);

        assertThat(open(TWENTY, HELD, PAID_BY_HELD, other, voided).totals())
                .isEqualTo(new Totals(eur(2000), eur(1999), eur(1), eur(0), eur(0)));
    }

    @Test
    void there_is_nothing_to_take_back_of_a_debit_that_did_nothing() {
        given().when(new VoidDebit("ada", "o1", List.of(), TEN)).thenNothing();
        given(TWENTY).when(new VoidDebit("ada", "o1", List.of(), TEN)).thenNothing();
    }

    @Test
    void a_returned_authorization_may_go_beyond_what_may_be_open() {
        List<AccountEvent> events = new ArrayList<>(List.of(TWENTY, HELD, PAID_BY_HELD));
        for (int i = 0; i < 700; i++) {
            events.add(new PaymentAuthorized("ada", "x" + i, eur(1), NOON, NINE));
        }
        events.add(new Deposited("ada", eur(300), NINE));
        for (int i = 700; i < 1_000; i++) {
            events.add(new PaymentAuthorized("ada", "x" + i, eur(1), NOON, NINE));
        }
        given(events.toArray(AccountEvent[]::new))
                .when(new VoidDebit("ada", "o1", List.of(PAID_BY_HELD), TEN))
                .then(new PaymentVoided("ada", "o1", eur(1250), new Held("p1", NOON), TEN));
    }

    @Test
    void money_that_was_never_there_cannot_be_folded() {
        assertThatThrownBy(() -> ACCOUNTS.fold(List.of(PAID)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the event PaymentDebited of the account of customer ada comes before any"
                                + " deposit");
        assertThatThrownBy(
                        () -> ACCOUNTS.fold(List.of(TWENTY, new Withdrawn("ada", eur(2001), TEN))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("balance -0.01 EUR");
        assertThatThrownBy(() -> ACCOUNTS.fold(List.of(TWENTY, PAID_BY_HELD)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("12.50 EUR of payment p1 were used, where none are held");
    }

    private static Open open(AccountEvent... events) {
        return (Open) ACCOUNTS.fold(List.of(events));
    }

    private static Given<AccountCommand, Account, AccountEvent> given(AccountEvent... events) {
        return ACCOUNTS.given(events);
    }

    private static Money eur(long cents) {
        return Money.of("EUR", cents);
    }

    private static Money usd(long cents) {
        return Money.of("USD", cents);
    }
}
