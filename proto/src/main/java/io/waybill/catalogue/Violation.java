package io.waybill.catalogue;

/**
 * A rule that a field breaks.
 *
 * @param field the field's name as clients know it
 * @param rule what is allowed: {@code must have 1 to 200 characters, but has 0}
 */
public record Violation(String field, String rule) {

    /** The whole sentence: {@code name must have 1 to 200 characters, but has 0}. */
    public String sentence() {
        return field + " " + rule;
    }
}
