package io.waybill.catalogue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;

import io.waybill.proto.catalogue.v1.NumberRules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The JSON of commands as JSON Schema (2020-12) has it, made from the very rules by which they are
 * read: what the schema refuses is refused. A rule that a schema cannot say, such as how many
 * decimals a currency has, stands in a description.
 */
public final class CommandSchema {

    private static final long LARGEST_INT = 0xffff_ffffL;

    private final Set<String> leftOut;
    private final Map<String, String> defaults;

    private CommandSchema(Set<String> leftOut, Map<String, String> defaults) {
        this.leftOut = leftOut;
        this.defaults = defaults;
    }

    /**
     * The schema of a command's JSON as a door takes it, as maps and lists.
     *
     * @param known what the door knows itself: what is fixed is no field here, what has a default
     *     need not be given
     */
    public static Map<String, Object> of(CommandType type, DoorFields known) {
        return new CommandSchema(known.fixed().keySet(), known.defaults()).schema(type.rules());
    }

    private Map<String, Object> schema(MessageRules rules) {
        Map<String, Object> schema = object(rules.message().getName(), rules.fields());
        List<Object> either = new ArrayList<>();
        rules.atLeastOneOf().forEach(field -> either.add(required(field)));
        if (!either.isEmpty()) {
            schema.put("anyOf", either);
        }
        return schema;
    }

    private static Map<String, Object> required(FieldDescriptor field) {
        return map("required", List.of(field.getName()));
    }

    private Map<String, Object> object(String name, List<FieldRule> rules) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (FieldRule rule : rules) {
            String field = rule.field().getName();
            if (rule instanceof FieldRule.Ignored || leftOut.contains(field)) {
                continue;
            }
            properties.put(field, property(rule, field));
            if (rule.mustBeGiven() && !defaults.containsKey(field)) {
                required.add(field);
            }
        }
        Map<String, Object> schema = map("title", name);
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private Map<String, Object> property(FieldRule rule, String field) {
        Map<String, Object> property =
                switch (rule) {
                    case FieldRule.Text text -> text(text);
                    case FieldRule.Number number -> number(number.bounds(), number.field());
                    case FieldRule.Nested nested ->
                            object(
                                    nested.field().getMessageType().getName(),
                                    nested.fields().rules());
                    case FieldRule.Many many -> many(many);
                    case FieldRule.Free free -> free(free.field().getJavaType());
                    case FieldRule.Ignored ignored -> new LinkedHashMap<>();
                };
        if (!rule.mustBeGiven() || defaults.containsKey(field)) {
            orNull(property);
        }
        if (defaults.containsKey(field)) {
            property.put("default", defaults.get(field));
        }
        return property;
    }

    /** Null is what is not given. */
    private static void orNull(Map<String, Object> property) {
        Object type = property.get("type");
        List<Object> types = new ArrayList<>(type instanceof List<?> many ? many : List.of());
        if (type instanceof String one) {
            types.add(one);
        }
        types.add("null");
        property.put("type", types);
        if (property.get("enum") instanceof List<?> choices) {
            List<Object> withNull = new ArrayList<>(choices);
            withNull.add(null);
            property.put("enum", withNull);
        }
    }

    private static Map<String, Object> text(FieldRule.Text rule) {
        if (rule.amount().isPresent()) {
            Map<String, Object> amount = map("type", List.of("string", "number"));
            amount.put("pattern", anchored(AmountRule.DECIMAL, false));
            amount.put("exclusiveMinimum", 0);
            amount.put(
                    "description",
                    sentence(AmountRule.allowed())
                            + " Text or number, exact either way; no more decimals than its"
                            + " currency has.");
            return amount;
        }
        return text(rule.text());
    }

    private static Map<String, Object> text(TextRule rule) {
        Map<String, Object> text = map("type", "string");
        if (!rule.oneOf().isEmpty()) {
            text.put("enum", new ArrayList<>(rule.oneOf()));
            return text;
        }
        boolean orEmpty = rule.min() == 0;
        if (!orEmpty) {
            text.put("minLength", rule.min());
        }
        if (rule.max() > 0) {
            text.put("maxLength", rule.max());
        }
        switch (rule.format()) {
            case TEXT_FORMAT_UUID -> text.put("format", "uuid");
            case TEXT_FORMAT_EMAIL -> text.put("description", sentence(rule.allowed()));
            case TEXT_FORMAT_PHONE -> {
                text.put("pattern", anchored(TextRule.PHONE, orEmpty));
                text.put("description", sentence(rule.allowed()));
            }
            case TEXT_FORMAT_CURRENCY -> text.put("description", sentence(rule.allowed()));
            case TEXT_FORMAT_UNSPECIFIED, UNRECOGNIZED -> {
                // its length is all there is to say
            }
        }
        return text;
    }

    private static Map<String, Object> number(NumberRules bounds, FieldDescriptor field) {
        Map<String, Object> number = map("type", "integer");
        number.put("minimum", bounds.getMin());
        if (bounds.getMax() > 0) {
            number.put("maximum", bounds.getMax());
        } else if (field.getJavaType() == JavaType.INT) {
            number.put("maximum", LARGEST_INT);
        }
        return number;
    }

    private Map<String, Object> many(FieldRule.Many rule) {
        Map<String, Object> many = map("type", "array");
        many.put("minItems", rule.count().getMin());
        if (rule.count().getMax() > 0) {
            many.put("maxItems", rule.count().getMax());
        }
        if (!rule.count().getUniqueBy().isEmpty()) {
            String unique = "No two have the same %s".formatted(rule.count().getUniqueBy());
            many.put(
                    "description",
                    rule.total().isPresent()
                            ? "%s, and %s.".formatted(unique, TotalRule.allowed())
                            : unique + ".");
        }
        if (rule.field().getJavaType() == JavaType.MESSAGE) {
            many.put(
                    "items",
                    object(rule.field().getMessageType().getName(), rule.fields().rules()));
        } else {
            many.put("items", free(rule.field().getJavaType()));
        }
        return many;
    }

    private static Map<String, Object> free(JavaType type) {
        return switch (type) {
            case BOOLEAN -> map("type", "boolean");
            case INT, LONG -> map("type", "integer");
            case DOUBLE, FLOAT -> map("type", "number");
            case STRING, BYTE_STRING, ENUM -> map("type", "string");
            case MESSAGE -> map("type", "object");
        };
    }

    private static String anchored(Pattern pattern, boolean orEmpty) {
        return "^(%s)%s$".formatted(pattern.pattern(), orEmpty ? "?" : "");
    }

    /** {@code must be a UUID} as {@code Must be a UUID.} */
    private static String sentence(String rule) {
        return Character.toUpperCase(rule.charAt(0)) + rule.substring(1) + ".";
    }

    private static Map<String, Object> map(String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }
}
