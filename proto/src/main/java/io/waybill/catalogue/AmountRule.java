package io.waybill.catalogue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;

import io.waybill.proto.catalogue.v1.OptionsProto;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an amount of money must be: a decimal number above zero, exact in its currency. Never goes
 * through a floating-point number.
 *
 * @param currencyField the field of the command that names the currency
 */
record AmountRule(FieldDescriptor currencyField) {

    private static final int MOST_DIGITS = 15;

    /** The form of all amounts, whatever their currency. */
    static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");

    /**
     * The rule of a field that is an amount.
     *
     * @param command the message in which its currency stands
     */
    static AmountRule of(FieldDescriptor field, Descriptor command) {
        String currency =
                field.getOptions().getExtension(OptionsProto.rules).getAmount().getCurrencyField();
        return new AmountRule(MessageRules.named(command, currency));
    }

    /** What is allowed, for a person. */
    static String allowed() {
        return "must be an amount above zero such as 12.50, of at most %d digits"
                .formatted(MOST_DIGITS);
    }

    /** The currency that a text names, if it names one that has units. */
    static Optional<Currency> currency(String text) {
        try {
            Currency currency = Currency.getInstance(text.strip().toUpperCase(Locale.ROOT));
            return currency.getDefaultFractionDigits() < 0
                    ? Optional.empty()
                    : Optional.of(currency);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The rule that a value breaks, if it breaks one. Without a known currency only the form is
     * looked at: the currency's own field is at fault then.
     */
    Optional<String> broken(String value, Optional<Currency> currency) {
        if (!DECIMAL.matcher(value).matches()) {
            return Optional.of(allowed());
        }
        BigDecimal amount = new BigDecimal(value).stripTrailingZeros();
        int decimals = Math.max(0, amount.scale());
        if (amount.signum() == 0 || amount.precision() - amount.scale() + decimals > MOST_DIGITS) {
            return Optional.of(allowed());
        }
        return currency.filter(known -> decimals > known.getDefaultFractionDigits())
                .map(
                        known ->
                                "has more decimals than %s, which has %d"
                                        .formatted(
                                                known.getCurrencyCode(),
                                                known.getDefaultFractionDigits()));
    }

    /** An unbroken value in the smallest unit of its currency, which may be too large to keep. */
    static BigInteger minor(String value, Currency currency) {
        return new BigDecimal(value)
                .movePointRight(currency.getDefaultFractionDigits())
                .toBigIntegerExact();
    }

    /** Whether so much can be kept exactly. */
    static boolean isKept(BigInteger minor) {
        return minor.bitLength() < Long.SIZE;
    }

    /** The form in which a value is kept: with all decimals of its currency. */
    static String canonical(String value, Currency currency) {
        return new BigDecimal(value)
                .setScale(currency.getDefaultFractionDigits(), RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
