package io.waybill.writer.money;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An exact amount of money. Arithmetic never wraps and never mixes currencies.
 *
 * @param minor in the currency's smallest unit: 1250 are 12.50 euros
 */
public record Money(Currency currency, long minor) implements Comparable<Money> {

    /** So many of the smallest unit. */
    public static Money of(String currency, long minor) {
        return new Money(Currency.getInstance(currency), minor);
    }

    /**
     * A decimal number of a currency: {@code 12.50}.
     *
     * @throws ArithmeticException when it has more decimals than the currency, or is too large
     */
    public static Money parse(String decimal, String currency) {
        Currency known = Currency.getInstance(currency);
        long minor =
                new BigDecimal(decimal)
                        .movePointRight(known.getDefaultFractionDigits())
                        .longValueExact();
        return new Money(known, minor);
    }

    /** No money at all. */
    public static Money none(Currency currency) {
        return new Money(currency, 0);
    }

    /**
     * The sum.
     *
     * @throws ArithmeticException when it is too large
     */
    public Money plus(Money other) {
        return new Money(currency, Math.addExact(minor, same(other).minor));
    }

    /**
     * The difference; may be negative.
     *
     * @throws ArithmeticException when it is too large
     */
    public Money minus(Money other) {
        return new Money(currency, Math.subtractExact(minor, same(other).minor));
    }

    /**
     * The product.
     *
     * @throws ArithmeticException when it is too large
     */
    public Money times(int quantity) {
        return new Money(currency, Math.multiplyExact(minor, quantity));
    }

    public boolean isNegative() {
        return minor < 0;
    }

    /** Whether both are of one currency. */
    public boolean sameCurrency(Money other) {
        return currency.equals(other.currency);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, same(other).minor);
    }

    /** For a person: {@code 12.50 EUR}. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()).toPlainString()
                + " "
                + currency.getCurrencyCode();
    }

    private Money same(Money other) {
        if (!sameCurrency(other)) {
            throw new IllegalArgumentException(currency + " and " + other.currency + " do not mix");
        }
        return other;
    }
}
