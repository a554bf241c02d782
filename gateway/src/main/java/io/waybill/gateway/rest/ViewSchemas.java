package io.waybill.gateway.rest;

import com.google.protobuf.Descriptors.Descriptor;

import io.waybill.gateway.rest.ViewShape.Property;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schemas of views, each under its name, as they follow from their {@link ViewShape}. Used
 * by one thread.
 */
final class ViewSchemas {

    private static final String WHERE = "#/components/schemas/";

    private final Map<String, Object> schemas = new LinkedHashMap<>();

    /** All that were referred to. */
    Map<String, Object> schemas() {
        return schemas;
    }

    /** Refers to a view. */
    Map<String, Object> reference(Descriptor view) {
        return reference(view, ViewShape.of(view));
    }

    /** Refers to what stands under a name. */
    static Map<String, Object> reference(String name) {
        return Ordered.map("$ref", WHERE + name);
    }

    private Map<String, Object> reference(Descriptor view, ViewShape shape) {
        String name = view.getName().replaceFirst("View$", "");
        if (!schemas.containsKey(name)) {
            schemas.put(name, Ordered.map());
            schemas.put(name, schema(shape));
        }
        return reference(name);
    }

    private Map<String, Object> schema(ViewShape shape) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Property property : shape.properties()) {
            Map<String, Object> one = value(property);
            properties.put(
                    property.name(),
                    property.field().isRepeated()
                            ? Ordered.map("type", "array", "items", one)
                            : one);
            if (property.isSure()) {
                required.add(property.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        return schema;
    }

    private Map<String, Object> value(Property property) {
        return switch (property.kind()) {
            case TEXT -> Ordered.map("type", "string");
            case WHOLE -> Ordered.map("type", "integer", "minimum", 0);
            case FLAG -> Ordered.map("type", "boolean");
            case TIME -> Ordered.map("type", "string", "format", "date-time");
            case CHOICE -> Ordered.map("type", "string", "enum", choices(property));
            case AMOUNT -> amount();
            case CURRENCY ->
                    Ordered.map("type", "string", "description", "Of all amounts: ISO 4217.");
            case OBJECT -> {
                Descriptor nested = property.field().getMessageType();
                yield reference(nested, ViewShape.within(nested));
            }
            case JSON -> Ordered.map("type", "object");
        };
    }

    private static List<String> choices(Property property) {
        return property.field().getEnumType().getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .map(EnumNames::shown)
                .toList();
    }

    private static Map<String, Object> amount() {
        Map<String, Object> amount = new LinkedHashMap<>();
        amount.put("type", "number");
        amount.put(
                "description",
                "A decimal number with all decimals of its currency, exact: read it as a decimal,"
                        + " not as a floating-point number.");
        amount.put("examples", List.of(new BigDecimal("12.50")));
        return amount;
    }
}
