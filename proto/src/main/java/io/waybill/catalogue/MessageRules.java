package io.waybill.catalogue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.waybill.proto.catalogue.v1.CommandOptions;
import io.waybill.proto.command.v1.CommandIdentity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The rules of a command: normalises its message and says what is wrong with it. Immutable. */
public final class MessageRules {

    private final Descriptor message;
    private final FieldDescriptor idField;
    private final boolean creates;
    private final MessageFields fields;
    private final List<FieldDescriptor> atLeastOneOf;
    private final Optional<FieldDescriptor> undoes;

    private MessageRules(Descriptor message, CommandOptions options) {
        this.message = message;
        this.idField = named(message, options.getAggregateIdField());
        this.creates = options.getCreates();
        this.fields = MessageFields.of(message, message);
        this.atLeastOneOf =
                options.getAtLeastOneOfList().stream().map(name -> named(message, name)).toList();
        this.undoes =
                options.getUndoesField().isEmpty()
                        ? Optional.empty()
                        : Optional.of(named(message, options.getUndoesField()));
    }

    static MessageRules of(Descriptor message, CommandOptions options) {
        return new MessageRules(message, options);
    }

    static FieldDescriptor named(Descriptor message, String name) {
        FieldDescriptor field = message.findFieldByName(name);
        if (field == null) {
            throw new IllegalStateException(message.getFullName() + " has no field '" + name + "'");
        }
        return field;
    }

    Descriptor message() {
        return message;
    }

    FieldDescriptor idField() {
        return idField;
    }

    List<FieldRule> fields() {
        return fields.rules();
    }

    /** Of these, at least one must be given; empty when there is no such rule. */
    List<FieldDescriptor> atLeastOneOf() {
        return atLeastOneOf;
    }

    /** The command that a message undoes, if it undoes one. */
    Optional<CommandIdentity> undoes(Message given) {
        return undoes.map(field -> (CommandIdentity) given.getField(field));
    }

    /** The names of the fields that a client may set. */
    List<String> fieldNames() {
        return fields.rules().stream()
                .filter(rule -> !(rule instanceof FieldRule.Ignored))
                .map(rule -> rule.field().getName())
                .toList();
    }

    List<FieldDescriptor> ignoredFields() {
        return fields.rules().stream()
                .filter(rule -> rule instanceof FieldRule.Ignored)
                .map(FieldRule::field)
                .toList();
    }

    /** Whether there is anything that a payload must give. */
    boolean needs(Predicate<FieldRule> elsewhere) {
        return !atLeastOneOf.isEmpty()
                || fields.rules().stream()
                        .filter(FieldRule::mustBeGiven)
                        .anyMatch(elsewhere.negate());
    }

    /**
     * Normalises a message.
     *
     * @param form in which it was given
     * @param unread what was broken by what could not be read
     */
    Reading apply(CommandType type, Message given, Normalising.Given form, List<Violation> unread) {
        Message.Builder normal = given.toBuilder();
        Normalising normalising = Normalising.of(given, form);
        fields.apply(normal, normalising);
        List<Violation> violations = together(normalising.violations(), unread);
        if (violations.isEmpty()
                && !atLeastOneOf.isEmpty()
                && atLeastOneOf.stream().noneMatch(normal::hasField)) {
            List<String> names = atLeastOneOf.stream().map(FieldDescriptor::getName).toList();
            violations.add(
                    new Violation(
                            names.getFirst(),
                            "is missing: give at least one of " + String.join(", ", names)));
        }
        return violations.isEmpty()
                ? new Reading.Valid(new Command(type, normal.build()))
                : new Reading.Invalid(List.copyOf(violations), target(normal));
    }

    /** All that is wrong; what could not be read is not missing. */
    private static List<Violation> together(List<Violation> found, List<Violation> unread) {
        Map<String, Violation> byField = new LinkedHashMap<>();
        found.forEach(violation -> byField.putIfAbsent(violation.field(), violation));
        unread.forEach(violation -> byField.put(violation.field(), violation));
        return unread.isEmpty() ? found : new ArrayList<>(byField.values());
    }

    private Optional<String> target(Message.Builder normal) {
        return creates ? Optional.empty() : Ids.uuid((String) normal.getField(idField));
    }
}
