package io.waybill.gateway.rest;

import io.waybill.proto.command.v1.Outcome;

import java.util.regex.Pattern;

/** What is told in words, and how fields are called at this door. */
final class Sentences {

    /** The header that makes it safe to send a request again. */
    static final String KEY_HEADER = "Idempotency-Key";

    private static final Pattern WITHIN = Pattern.compile("\\b(?:page|filter)\\.(?=[a-z])");

    private Sentences() {}

    static String gone(String what, String id, String commandId, Outcome outcome) {
        return "%s with id %s came to nothing: its command %s was %s%s"
                .formatted(
                        what,
                        id,
                        commandId,
                        EnumNames.shown(outcome.getKind().getValueDescriptor()),
                        outcome.getMessage().isEmpty() ? "" : ", since " + outcome.getMessage());
    }

    /** A field as this door knows it; empty when it has none of that name. */
    static String field(String field) {
        return switch (field) {
            case "idempotencyKey" -> KEY_HEADER;
            // Its parts are parameters of their own here.
            case "filter" -> "";
            case "order" -> "order_by";
            default -> parameters(field);
        };
    }

    /** A sentence that speaks of a list's parameters as this door knows them. */
    static String said(String sentence) {
        return parameters(sentence).replaceFirst("^order must ", "order_by must ");
    }

    /** What stands within the reader's pages and filters are parameters of their own here. */
    private static String parameters(String text) {
        return WITHIN.matcher(text).replaceAll("");
    }
}
