package io.waybill.catalogue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;

import io.waybill.proto.catalogue.v1.CommandOptions;
import io.waybill.proto.catalogue.v1.FieldRules;
import io.waybill.proto.catalogue.v1.OptionsProto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a command's fields: normalises a message and says what is wrong with it. Immutable.
 */
public final class MessageRules {

    private record RuledField(FieldDescriptor field, FieldRules rules, TextRule text) {}

    private final Descriptor message;
    private final FieldDescriptor idField;
    private final boolean creates;
    private final List<RuledField> fields;
    private final List<FieldDescriptor> atLeastOneOf;

    private MessageRules(
            Descriptor message,
            FieldDescriptor idField,
            boolean creates,
            List<RuledField> fields,
            List<FieldDescriptor> atLeastOneOf) {
        this.message = message;
        this.idField = idField;
        this.creates = creates;
        this.fields = fields;
        this.atLeastOneOf = atLeastOneOf;
    }

    static MessageRules of(Descriptor message, CommandOptions options) {
        List<RuledField> fields = new ArrayList<>();
        for (FieldDescriptor field : message.getFields()) {
            FieldRules rules = field.getOptions().getExtension(OptionsProto.rules);
            fields.add(new RuledField(field, rules, TextRule.of(rules.getText())));
        }
        return new MessageRules(
                message,
                named(message, options.getAggregateIdField()),
                options.getCreates(),
                List.copyOf(fields),
                options.getAtLeastOneOfList().stream().map(name -> named(message, name)).toList());
    }

    private static FieldDescriptor named(Descriptor message, String name) {
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

    /** The names of the fields that a client may set. */
    List<String> fieldNames() {
        return fields.stream()
                .filter(field -> !field.rules().getIgnored())
                .map(field -> field.field().getName())
                .toList();
    }

    List<FieldDescriptor> ignoredFields() {
        return fields.stream()
                .filter(field -> field.rules().getIgnored())
                .map(RuledField::field)
                .toList();
    }

    Reading apply(CommandType type, Message given) {
        Message.Builder normal =
                given.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
        List<Violation> violations = new ArrayList<>();
        for (RuledField ruled : fields) {
            if (ruled.rules().getIgnored()) {
                normal.clearField(ruled.field());
            } else if (ruled.field().getJavaType() == FieldDescriptor.JavaType.STRING) {
                applyText(ruled, normal, violations);
            }
        }
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

    private Optional<String> target(Message.Builder normal) {
        return creates ? Optional.empty() : Ids.uuid((String) normal.getField(idField));
    }

    private static void applyText(
            RuledField ruled, Message.Builder normal, List<Violation> violations) {
        FieldDescriptor field = ruled.field();
        boolean given =
                field.hasPresence()
                        ? normal.hasField(field)
                        : !((String) normal.getField(field)).isEmpty();
        if (!given) {
            if (ruled.rules().getRequired()) {
                violations.add(
                        new Violation(field.getName(), "is missing: " + ruled.text().allowed()));
            }
            return;
        }
        String value = TextRule.trimmed((String) normal.getField(field));
        ruled.text()
                .broken(value)
                .ifPresentOrElse(
                        rule -> violations.add(new Violation(field.getName(), rule)),
                        () -> normal.setField(field, ruled.text().canonical(value)));
    }
}
