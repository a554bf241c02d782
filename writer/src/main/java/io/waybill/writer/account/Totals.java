package io.waybill.writer.account;

import io.waybill.writer.money.Money;

import java.util.Currency;

/**
 * Where all the money is that was ever paid into an account. None is below zero, and what was
 * deposited always is the sum of the rest: a change that would break this is a fault and throws
 * {@link IllegalStateException}.
 *
 * @param deposited all that was paid in
 * @param balance what is free
 * @param held what open authorizations hold
 * @param debited what paid for orders and was not taken back
 * @param withdrawn what was paid out
 */
public record Totals(Money deposited, Money balance, Money held, Money debited, Money withdrawn) {

    public Totals {
        boolean negative =
                balance.isNegative()
                        || held.isNegative()
                        || debited.isNegative()
                        || withdrawn.isNegative();
        if (negative || !deposited.equals(balance.plus(held).plus(debited).plus(withdrawn))) {
            throw new IllegalStateException(
                    ("an account's money is wrong: deposited %s, balance %s, held %s, debited %s,"
                                    + " withdrawn %s")
                            .formatted(deposited, balance, held, debited, withdrawn));
        }
    }

    /** Of an account into which nothing was paid yet. */
    static Totals none(Currency currency) {
        Money none = Money.none(currency);
        return new Totals(none, none, none, none, none);
    }

    Currency currency() {
        return deposited.currency();
    }

    /** Whether so much more can be paid in, and all of it be counted exactly. */
    boolean takes(Money amount) {
        return amount.minor() <= Long.MAX_VALUE - deposited.minor();
    }

    /** Whether so much is free. */
    boolean covers(Money amount) {
        return balance.compareTo(amount) >= 0;
    }

    Totals deposit(Money amount) {
        return new Totals(deposited.plus(amount), balance.plus(amount), held, debited, withdrawn);
    }

    Totals withdraw(Money amount) {
        return new Totals(deposited, balance.minus(amount), held, debited, withdrawn.plus(amount));
    }

    /** From the balance to what is held. */
    Totals hold(Money amount) {
        return new Totals(deposited, balance.minus(amount), held.plus(amount), debited, withdrawn);
    }

    /** From what is held to the balance. */
    Totals free(Money amount) {
        return new Totals(deposited, balance.plus(amount), held.minus(amount), debited, withdrawn);
    }

    /** From the balance to what paid for orders. */
    Totals debit(Money amount) {
        return new Totals(deposited, balance.minus(amount), held, debited.plus(amount), withdrawn);
    }

    /** From what paid for orders to the balance. */
    Totals takeBack(Money amount) {
        return new Totals(deposited, balance.plus(amount), held, debited.minus(amount), withdrawn);
    }
}
