package io.waybill.gateway.asyncapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;

import io.waybill.proto.catalogue.v1.FieldRules;
import io.waybill.proto.catalogue.v1.OptionsProto;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON schemas of messages in proto3 JSON, by the messages' full names. Of what comes in, rules are
 * said and unknown fields refused; of what goes out, fields may be added later. For one thread.
 */
final class Schemas {

    private static final String TIMESTAMP = "google.protobuf.Timestamp";
    private static final String WHOLE = "^-?[0-9]+$";

    private final Map<String, Object> byName = new TreeMap<>();

    /** A reference to the schema of a message that comes in. */
    Map<String, Object> incoming(Descriptor message) {
        return reference(message, true);
    }

    /** A reference to the schema of a message that goes out, without what is personal. */
    Map<String, Object> outgoing(Descriptor message) {
        return reference(message, false);
    }

    /** All schemas that were referred to. */
    Map<String, Object> all() {
        return byName;
    }

    private Map<String, Object> reference(Descriptor message, boolean incoming) {
        String name = message.getFullName();
        if (!byName.containsKey(name)) {
            byName.put(name, Map.of()); // so that a message may hold itself
            byName.put(name, object(message, incoming));
        }
        return map("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> object(Descriptor message, boolean incoming) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (FieldDescriptor field : message.getFields()) {
            FieldRules rules = rules(field);
            if (incoming ? rules.getIgnored() : rules.getPersonal()) {
                continue;
            }
            String name = incoming ? field.getName() : field.getJsonName();
            properties.put(name, property(field, incoming));
            if (incoming && (rules.getRequired() || rules.getCount().getMin() > 0)) {
                required.add(name);
            }
        }
        Map<String, Object> schema = map("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (incoming) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    private Map<String, Object> property(FieldDescriptor field, boolean incoming) {
        Map<String, Object> single = single(field, incoming);
        if (incoming) {
            SaidRules.say(rules(field), single);
        }
        if (!field.isRepeated()) {
            return single;
        }
        Map<String, Object> list = map("type", "array");
        list.put("items", single);
        if (incoming) {
            SaidRules.sayCount(rules(field), list);
        }
        return list;
    }

    private Map<String, Object> single(FieldDescriptor field, boolean incoming) {
        return switch (field.getType()) {
            case BOOL -> map("type", "boolean");
            case INT32, SINT32, SFIXED32, UINT32, FIXED32 -> map("type", "integer");
            case INT64, SINT64, SFIXED64, UINT64, FIXED64 -> {
                Map<String, Object> number = map("type", "string");
                number.put("pattern", WHOLE);
                yield number;
            }
            case FLOAT, DOUBLE -> map("type", "number");
            case STRING -> map("type", "string");
            case BYTES -> {
                Map<String, Object> bytes = map("type", "string");
                bytes.put("contentEncoding", "base64");
                yield bytes;
            }
            case ENUM -> {
                Map<String, Object> constants = map("type", "string");
                constants.put(
                        "enum",
                        field.getEnumType().getValues().stream()
                                .map(EnumValueDescriptor::getName)
                                .toList());
                yield constants;
            }
            case MESSAGE, GROUP -> message(field.getMessageType(), incoming);
        };
    }

    private Map<String, Object> message(Descriptor message, boolean incoming) {
        if (message.getFullName().equals(TIMESTAMP)) {
            Map<String, Object> time = map("type", "string");
            time.put("format", "date-time");
            return time;
        }
        return reference(message, incoming);
    }

    private static FieldRules rules(FieldDescriptor field) {
        return field.getOptions().getExtension(OptionsProto.rules);
    }

    /** A map that more can be put into, in order. */
    static Map<String, Object> map(String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }
}
