package io.waybill.writer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;

import io.waybill.proto.account.v1.AuthorizePayment;
import io.waybill.proto.account.v1.DebitPayment;
import io.waybill.proto.account.v1.Deposit;
import io.waybill.proto.account.v1.ExpirePayment;
import io.waybill.proto.account.v1.ReleasePayment;
import io.waybill.proto.account.v1.VoidPayment;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.writer.account.Account;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.money.Money;
import io.waybill.writer.time.ProtoTime;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each authorization that is open has its timer, and nothing else has one. */
class PaymentTimersTest {

    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");
    private static final Instant EXPIRES = NINE.plusSeconds(3_600);
    private static final String ADA = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final String ORDER = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f70";
    private static final String TIMER = "payment/" + Asking.COMMAND;

    private final AccountCodec codec = new AccountCodec();
    private final Map<String, Instant> timers = new HashMap<>();
    private Account account = codec.initial();

    @Test
    void an_authorization_sets_a_timer_for_its_end() {
        authorized();

        assertThat(timers).containsOnly(Map.entry(TIMER, EXPIRES));
    }

    @Test
    void a_release_clears_it() {
        authorized();
        accept(
                ReleasePayment.newBuilder().setCustomerId(ADA).setPaymentId(Asking.COMMAND).build(),
                NINE,
                Optional.empty());

        assertThat(timers).isEmpty();
    }

    @Test
    void a_debit_clears_it_and_a_void_in_time_sets_it_again() {
        authorized();
        Commit debit = debited();
        assertThat(timers).isEmpty();

        accept(voiding(), EXPIRES.minusSeconds(1), Optional.of(debit));

        assertThat(timers).containsOnly(Map.entry(TIMER, EXPIRES));
    }

    @Test
    void a_void_after_its_end_sets_none() {
        authorized();
        Commit debit = debited();

        accept(voiding(), EXPIRES, Optional.of(debit));

        assertThat(timers).isEmpty();
    }

    @Test
    void when_it_fires_the_money_is_free_and_the_timer_is_cleared() {
        authorized();
        Decision.Accepted expired = accept(expiring(), EXPIRES, Optional.empty());

        assertThat(expired.events()).hasSize(1);
        assertThat(timers).isEmpty();
    }

    @Test
    void when_it_fires_too_early_it_is_set_again() {
        authorized();
        timers.clear();
        Decision.Accepted early = accept(expiring(), EXPIRES.minusNanos(1_000), Optional.empty());

        assertThat(early.events()).isEmpty();
        assertThat(timers).containsOnly(Map.entry(TIMER, EXPIRES));
    }

    @Test
    void when_it_fires_and_nothing_is_held_there_is_nothing_to_do() {
        assertThat(decide(expiring(), EXPIRES, Optional.empty()))
                .isEqualTo(new Decision.Needless());
        authorized();
        var _ = debited();
        assertThat(decide(expiring(), EXPIRES, Optional.empty()))
                .isEqualTo(new Decision.Needless());
    }

    @Test
    void a_void_of_a_debit_that_was_refused_or_never_came_is_accepted_and_does_nothing() {
        authorized();
        Commit refused =
                Asking.commit("account/" + ADA, OutcomeKind.OUTCOME_KIND_REJECTED, List.of());
        Commit deadLettered =
                Asking.commit(
                        "command/" + Asking.COMMAND,
                        OutcomeKind.OUTCOME_KIND_DEAD_LETTERED,
                        List.of());
        Decision nothing = new Decision.Accepted(List.of());

        assertThat(decide(voiding(), NINE, Optional.empty())).isEqualTo(nothing);
        assertThat(decide(voiding(), NINE, Optional.of(refused))).isEqualTo(nothing);
        assertThat(decide(voiding(), NINE, Optional.of(deadLettered))).isEqualTo(nothing);
    }

    @Test
    void a_void_of_another_accounts_debit_is_a_fault() {
        authorized();
        Commit other = Asking.commit("account/other", OutcomeKind.OUTCOME_KIND_APPLIED, List.of());

        assertThatThrownBy(() -> decide(voiding(), NINE, Optional.of(other)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "what is to be undone in account/" + ADA + " was done in account/other");
    }

    private void authorized() {
        accept(
                Deposit.newBuilder().setCustomerId(ADA).setAmount("20").setCurrency("EUR").build(),
                NINE,
                Optional.empty());
        accept(
                AuthorizePayment.newBuilder()
                        .setCustomerId(ADA)
                        .setAmount("12.50")
                        .setCurrency("EUR")
                        .setExpiresIn(3_600)
                        .build(),
                NINE,
                Optional.empty());
    }

    private Commit debited() {
        List<RecordedEvent> events =
                accept(
                                DebitPayment.newBuilder()
                                        .setCustomerId(ADA)
                                        .setOrderId(ORDER)
                                        .setAmount(ProtoMoney.of(Money.of("EUR", 1250)))
                                        .setPaymentId(Asking.COMMAND)
                                        .build(),
                                NINE,
                                Optional.empty())
                        .events();
        return Asking.commit("account/" + ADA, OutcomeKind.OUTCOME_KIND_APPLIED, events);
    }

    private static Message voiding() {
        return VoidPayment.newBuilder()
                .setCustomerId(ADA)
                .setOrderId(ORDER)
                .setUndoes(
                        CommandIdentity.newBuilder()
                                .setPrincipal("saga")
                                .setCommandId(Asking.COMMAND))
                .build();
    }

    private static Message expiring() {
        return ExpirePayment.newBuilder().setCustomerId(ADA).setPaymentId(Asking.COMMAND).build();
    }

    private Decision.Accepted accept(Message message, Instant at, Optional<Commit> undone) {
        Decision.Accepted accepted = (Decision.Accepted) decide(message, at, undone);
        for (RecordedEvent event : accepted.events()) {
            account = codec.evolve(account, event);
        }
        for (Timer timer : accepted.timers().set()) {
            timers.put(timer.getName(), ProtoTime.toInstant(timer.getDue()));
        }
        accepted.timers().cleared().forEach(timers::remove);
        return accepted;
    }

    private Decision decide(Message message, Instant at, Optional<Commit> undone) {
        return codec.decide(Asking.asked(message, ADA, at, undone), account);
    }
}
