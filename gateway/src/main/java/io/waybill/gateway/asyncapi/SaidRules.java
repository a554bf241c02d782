package io.waybill.gateway.asyncapi;

import io.waybill.proto.catalogue.v1.FieldRules;
import io.waybill.proto.catalogue.v1.TextRules;

import java.util.List;
import java.util.Map;

/**
 * The catalogue's rules of a field in the words of JSON Schema, as far as it has words for them.
 */
final class SaidRules {

    private SaidRules() {}

    /** Adds to the schema of one value what the rules say of it. */
    static void say(FieldRules rules, Map<String, Object> schema) {
        if (rules.hasText()) {
            sayText(rules.getText(), schema);
        }
        if (rules.hasNumber()) {
            schema.put("minimum", rules.getNumber().getMin());
            schema.put("maximum", rules.getNumber().getMax());
        }
        if (rules.hasAmount()) {
            schema.put(
                    "description",
                    "A positive decimal number with the decimals of `%s`: \"12.50\"."
                            .formatted(rules.getAmount().getCurrencyField()));
        }
    }

    /** Adds to the schema of a list what the rules say of its length. */
    static void sayCount(FieldRules rules, Map<String, Object> schema) {
        if (rules.hasCount()) {
            schema.put("minItems", rules.getCount().getMin());
            schema.put("maxItems", rules.getCount().getMax());
            if (!rules.getCount().getUniqueBy().isEmpty()) {
                schema.put(
                        "description",
                        "No two have the same `%s`.".formatted(rules.getCount().getUniqueBy()));
            }
        }
    }

    private static void sayText(TextRules text, Map<String, Object> schema) {
        if (text.getMin() > 0) {
            schema.put("minLength", text.getMin());
        }
        if (text.getMax() > 0) {
            schema.put("maxLength", text.getMax());
        }
        if (text.getOneOfCount() > 0) {
            schema.put("enum", List.copyOf(text.getOneOfList()));
        }
        switch (text.getFormat()) {
            case TEXT_FORMAT_UUID -> schema.put("format", "uuid");
            case TEXT_FORMAT_EMAIL ->
                    // An empty one clears it where that is allowed, so it is no "format".
                    schema.put("description", "An e-mail address.");
            case TEXT_FORMAT_PHONE -> schema.put("description", "A telephone number.");
            case TEXT_FORMAT_CURRENCY ->
                    schema.put("description", "A currency of ISO 4217: \"EUR\".");
            case TEXT_FORMAT_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }
}
