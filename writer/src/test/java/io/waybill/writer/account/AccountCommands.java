package io.waybill.writer.account;

import io.waybill.writer.account.AccountCommand.Authorize;
import io.waybill.writer.account.AccountCommand.Debit;
import io.waybill.writer.account.AccountCommand.DebitAuthorized;
import io.waybill.writer.account.AccountCommand.Deposit;
import io.waybill.writer.account.AccountCommand.Expire;
import io.waybill.writer.account.AccountCommand.Release;
import io.waybill.writer.account.AccountCommand.VoidDebit;
import io.waybill.writer.account.AccountCommand.Withdraw;
import io.waybill.writer.money.Money;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Random commands for one account, with a clock that now and then steps back. */
final class AccountCommands {

    static final String CUSTOMER = "ada";

    private final Random random;
    private Instant clock = Instant.parse("2026-01-01T09:00:00Z");
    private int number;
    private int payments;
    private int lastAmount = 1;

    AccountCommands(Random random) {
        this.random = random;
    }

    Instant now() {
        clock = clock.plusMillis(random.nextInt(2_000) - 300);
        return clock;
    }

    AccountCommand next() {
        Instant at = now();
        number++;
        return switch (random.nextInt(12)) {
            case 0 -> new Deposit(CUSTOMER, amount(1_000), at);
            case 1 -> new Deposit(CUSTOMER, huge(), at);
            case 2 -> new Withdraw(CUSTOMER, amount(800), at);
            case 3, 4, 5 -> {
                payments++;
                yield new Authorize(
                        CUSTOMER,
                        "p" + payments,
                        amount(300),
                        Duration.ofSeconds(1 + random.nextInt(40)),
                        at);
            }
            case 6 -> new Release(CUSTOMER, payment(), at);
            case 7 -> new Expire(CUSTOMER, payment(), at);
            case 8, 9 ->
                    new DebitAuthorized(
                            CUSTOMER,
                            "o" + number,
                            random.nextInt(4) == 0 ? amount(300) : Money.of("EUR", lastAmount),
                            random.nextInt(4) == 0 ? payment() : "p" + payments,
                            at);
            default -> new Debit(CUSTOMER, "o" + number, amount(400), at);
        };
    }

    /** What identifies a command. */
    static String id(AccountCommand command) {
        return switch (command) {
            case Debit debit -> "debit " + debit.orderId();
            case DebitAuthorized debit -> "debit " + debit.orderId();
            case VoidDebit undo -> "void " + undo.orderId();
            case Authorize authorize -> authorize.paymentId();
            case Deposit _, Withdraw _, Release _, Expire _ -> command.toString();
        };
    }

    private String payment() {
        return "p" + (1 + random.nextInt(payments + 1));
    }

    private Money amount(int most) {
        lastAmount = 1 + random.nextInt(most);
        return Money.of(random.nextInt(15) == 0 ? "USD" : "EUR", lastAmount);
    }

    /** Now and then one that brings an account near what can be counted. */
    private Money huge() {
        return random.nextInt(10) == 0 ? Money.of("EUR", Long.MAX_VALUE / 2 + 1) : amount(500);
    }
}
