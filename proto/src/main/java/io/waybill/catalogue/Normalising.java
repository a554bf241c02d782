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
 * @param given in which form
 */
record Normalising(Message command, String path, Given given, List<Violation> violations) {

    /** In which form a command was given. */
    enum Given {
        /** Field by field: what is not there was not given. */
        FIELDS,
        /**
         * As protobuf, which somebody may have written by an older contract: 0 and an empty text
         * are not there either.
         */
        PROTOBUF
    }

    static Normalising of(Message command, Given given) {
        return new Normalising(command, "", given, new ArrayList<>());
    }

    /** The same, for what a field of the message at hand holds. */
    Normalising within(String field) {
        return new Normalising(command, path + field + ".", given, violations);
    }

    /**
     * A field that must be given is not there.
     *
     * @param nothing what the value may have been in a form that does not carry it
     */
    void missing(String field, String nothing, String allowed) {
        String absent =
                switch (given) {
                    case FIELDS -> "is missing: ";
                    case PROTOBUF -> "is missing or %s: ".formatted(nothing);
                };
        violated(field, absent + allowed);
    }

    void violated(String field, String rule) {
        violated(field, rule, Violation.Code.BAD_USER_INPUT);
    }

    void violated(String field, String rule, Violation.Code code) {
        violations.add(new Violation(path + field, rule, code));
    }

    /** The currency that an amount of this command is in, if the command names a known one. */
    Optional<Currency> currency(AmountRule amount) {
        return AmountRule.currency((String) command.getField(amount.currencyField()));
    }
}
