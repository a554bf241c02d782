package io.waybill.writer.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.account.AccountCommand.Authorize;
import io.waybill.writer.account.AccountCommand.Debit;
import io.waybill.writer.account.AccountCommand.DebitAuthorized;
import io.waybill.writer.account.AccountCommand.Deposit;
import io.waybill.writer.account.AccountCommand.VoidDebit;
import io.waybill.writer.account.AccountEvent.PaymentDebited;
import io.waybill.writer.domain.Decision;
import io.waybill.writer.domain.StateSize;
import io.waybill.writer.money.Money;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class AccountSizeTest {

    private static final Instant AT = Instant.parse("2026-01-01T09:00:00Z");
    private static final Money PRICE = Money.of("EUR", 1250);

    private Account account = AccountFold.initial();

    @Test
    void an_account_with_100_000_orders_behind_it_is_as_small_as_a_new_one() {
        apply(new Deposit("ada", Money.of("EUR", 1_000_000_000), AT));
        long fresh = StateSize.of(account);

        for (int order = 0; order < 100_000; order++) {
            String id = "o" + order;
            List<AccountEvent> paid = pay(id, order % 2 == 0);
            if (order % 3 == 0) {
                List<PaymentDebited> undone =
                        paid.stream().map(PaymentDebited.class::cast).toList();
                apply(new VoidDebit("ada", id, undone, AT.plusSeconds(3_600)));
            }
        }

        assertThat(StateSize.of(account)).isEqualTo(fresh);
    }

    private List<AccountEvent> pay(String order, boolean authorized) {
        if (!authorized) {
            return apply(new Debit("ada", order, PRICE, AT));
        }
        apply(new Authorize("ada", "for " + order, PRICE, Duration.ofHours(1), AT));
        return apply(new DebitAuthorized("ada", order, PRICE, "for " + order, AT));
    }

    private List<AccountEvent> apply(AccountCommand command) {
        List<AccountEvent> events =
                ((Decision.Accepted<AccountEvent>) AccountDecider.decide(command, account))
                        .events();
        assertThat(events).hasSize(1);
        account = AccountFold.evolve(account, events.getFirst());
        return events;
    }
}
