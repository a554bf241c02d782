package io.waybill.catalogue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.FieldDescriptor;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a door knows of a command beside its payload. Immutable.
 *
 * @param fixed fields that the payload must not give, out of an address for instance, by name
 * @param defaults what fields are that the payload does not give; a name that the command does not
 *     have is passed over
 */
public record DoorFields(Map<String, String> fixed, Map<String, String> defaults) {

    public DoorFields {
        fixed = Map.copyOf(fixed);
        defaults = Map.copyOf(defaults);
    }

    /** The fields of a command that its payload must not give. */
    Set<FieldDescriptor> unknownIn(CommandType type) {
        Set<FieldDescriptor> unknown = new HashSet<>(type.ignoredFields());
        fixed.keySet().forEach(name -> unknown.add(MessageRules.named(type.message(), name)));
        return unknown;
    }

    /** Whether a command has fields that its payload must give. */
    boolean lackIn(CommandType type) {
        return type.rules()
                .needs(
                        rule ->
                                fixed.containsKey(rule.field().getName())
                                        || defaults.containsKey(rule.field().getName()));
    }

    /** The names of the fields that a command's payload may give. */
    List<String> openIn(CommandType type) {
        return type.fieldNames().stream().filter(name -> !fixed.containsKey(name)).toList();
    }

    /** Adds what the payload does not give. */
    void fill(JsonObject payload, CommandType type) {
        fixed.forEach(payload::addProperty);
        defaults.forEach(
                (name, value) -> {
                    JsonElement given = payload.get(name);
                    boolean absent = given == null || given.isJsonNull();
                    if (absent && type.message().findFieldByName(name) != null) {
                        payload.addProperty(name, value);
                    }
                });
    }
}
