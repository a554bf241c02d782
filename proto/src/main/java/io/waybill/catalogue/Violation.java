package io.waybill.catalogue;

/**
 * A rule that a field breaks.
 *
 * @param field the field's path as clients know it
 * @param rule what is allowed: {@code must have 1 to 200 characters, but has 0}
 * @param code what kind of rule it is
 */
public record Violation(String field, String rule, Code code) {

    /** The kinds of rules, by the names of the codes that clients see. */
    public enum Code {
        /** What a value may be. */
        BAD_USER_INPUT,
        /** An amount, or a sum of amounts, must not be larger than can be kept exactly. */
        AMOUNT_TOO_LARGE
    }

    /** A rule of what a value may be. */
    public Violation(String field, String rule) {
        this(field, rule, Code.BAD_USER_INPUT);
    }

    /** The whole sentence: {@code name must have 1 to 200 characters, but has 0}. */
    public String sentence() {
        return field + " " + rule;
    }

    /** The same of a message that stands in a field of another. */
    public Violation within(String outer) {
        return new Violation(outer + "." + field, rule, code);
    }
}
