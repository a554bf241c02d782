package io.waybill.catalogue;

import com.google.protobuf.Message;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * One normalising of a command's message: where it is, and what it found. Used by one thread.
 *
 * @param command as it was given
 * @param path of the message at hand, with a dot behind it; empty for the command itself
 */
record Normalising(Message command, String path, List<Violation> violations) {

    static Normalising of(Message command) {
        return new Normalising(command, "", new ArrayList<>());
    }

    /** The same, for what a field of the message at hand holds. */
    Normalising within(String field) {
        return new Normalising(command, path + field + ".", violations);
    }

    void violated(String field, String rule) {
        violations.add(new Violation(path + field, rule));
    }

    /** The currency that an amount of this command is in, if the command names a known one. */
    Optional<Currency> currency(AmountRule amount) {
        return AmountRule.currency((String) command.getField(amount.currencyField()));
    }
}
