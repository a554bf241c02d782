package io.waybill.catalogue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;

import io.waybill.proto.catalogue.v1.CountRules;
import io.waybill.proto.catalogue.v1.FieldRules;
import io.waybill.proto.catalogue.v1.NumberRules;
import io.waybill.proto.catalogue.v1.OptionsProto;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The rules of one field: normalises its value in a message and says what is wrong with it. */
sealed interface FieldRule {

    FieldDescriptor field();

    /** Whether a command without it is refused. */
    default boolean mustBeGiven() {
        return switch (this) {
            case Text text -> text.required();
            case Number number -> number.required();
            case Nested nested -> nested.required();
            case Many many -> many.count().getMin() > 0;
            case Free free -> false;
            case Ignored ignored -> false;
        };
    }

    /** Normalises the field of a message, whose own path is known to the normalising. */
    void apply(Message.Builder message, Normalising to);

    /**
     * The rule of a field.
     *
     * @param command the message in which an amount's currency stands
     */
    static FieldRule of(FieldDescriptor field, Descriptor command) {
        FieldRules rules = field.getOptions().getExtension(OptionsProto.rules);
        if (rules.getIgnored()) {
            return new Ignored(field);
        }
        if (field.isRepeated()) {
            return new Many(
                    field,
                    rules.getCount(),
                    MessageFields.of(field, command),
                    TotalRule.of(field, command));
        }
        return switch (field.getJavaType()) {
            case STRING -> {
                Optional<AmountRule> amount =
                        rules.hasAmount()
                                ? Optional.of(AmountRule.of(field, command))
                                : Optional.empty();
                yield new Text(field, rules.getRequired(), TextRule.of(rules.getText()), amount);
            }
            case MESSAGE ->
                    new Nested(field, rules.getRequired(), MessageFields.of(field, command));
            case INT, LONG -> new Number(field, rules.getRequired(), rules.getNumber());
            case BOOLEAN, BYTE_STRING, DOUBLE, ENUM, FLOAT -> new Free(field);
        };
    }

    private static boolean given(Message.Builder message, FieldDescriptor field) {
        return field.hasPresence()
                ? message.hasField(field)
                : !message.getField(field).equals(field.getDefaultValue());
    }

    /** A field that is never looked at. */
    record Ignored(FieldDescriptor field) implements FieldRule {
        @Override
        public void apply(Message.Builder message, Normalising to) {
            message.clearField(field);
        }
    }

    /** A field that may hold whatever its type can. */
    record Free(FieldDescriptor field) implements FieldRule {
        @Override
        public void apply(Message.Builder message, Normalising to) {
            // every value is allowed
        }
    }

    /** A text, or an amount of money. */
    record Text(FieldDescriptor field, boolean required, TextRule text, Optional<AmountRule> amount)
            implements FieldRule {

        @Override
        public void apply(Message.Builder message, Normalising to) {
            if (!given(message, field)) {
                if (required) {
                    to.missing(field.getName(), "empty", allowed());
                }
                return;
            }
            String value = TextRule.trimmed((String) message.getField(field));
            Optional<String> broken =
                    amount.map(rule -> rule.broken(value, to.currency(rule)))
                            .orElseGet(() -> text.broken(value));
            if (broken.isPresent()) {
                to.violated(field.getName(), broken.get());
            } else if (isTooLarge(value, to)) {
                to.violated(
                        field.getName(),
                        "is larger than can be kept exactly in its currency",
                        Violation.Code.AMOUNT_TOO_LARGE);
            } else {
                message.setField(field, canonical(value, to));
            }
        }

        private boolean isTooLarge(String value, Normalising to) {
            return amount.flatMap(to::currency)
                    .filter(currency -> !AmountRule.isKept(AmountRule.minor(value, currency)))
                    .isPresent();
        }

        private String canonical(String value, Normalising to) {
            return amount.flatMap(to::currency)
                    .map(currency -> AmountRule.canonical(value, currency))
                    .orElseGet(() -> text.canonical(value));
        }

        private String allowed() {
            return amount.isPresent() ? AmountRule.allowed() : text.allowed();
        }
    }

    /** A whole number, unsigned. */
    record Number(FieldDescriptor field, boolean required, NumberRules bounds)
            implements FieldRule {

        /** What a field for a whole number takes: {@code must be a whole number from 1 to 999}. */
        static String allowed(FieldDescriptor field) {
            NumberRules bounds = field.getOptions().getExtension(OptionsProto.rules).getNumber();
            return bounds.getMax() == 0
                    ? "must be a whole number, not negative"
                    : "must be a whole number from %d to %d"
                            .formatted(bounds.getMin(), bounds.getMax());
        }

        @Override
        public void apply(Message.Builder message, Normalising to) {
            String allowed = allowed(field);
            if (!given(message, field)) {
                if (required) {
                    to.missing(field.getName(), "0", allowed);
                }
                return;
            }
            long value =
                    field.getJavaType() == JavaType.INT
                            ? Integer.toUnsignedLong((int) message.getField(field))
                            : (long) message.getField(field);
            boolean bounded = bounds.getMax() > 0;
            if (bounded && (value < bounds.getMin() || value > bounds.getMax())) {
                // A negative number looks like a very large one here: neither is shown.
                to.violated(
                        field.getName(),
                        value > Integer.MAX_VALUE
                                ? allowed
                                : "%s, but is %d".formatted(allowed, value));
            }
        }
    }

    /** A message within the message. */
    record Nested(FieldDescriptor field, boolean required, MessageFields fields)
            implements FieldRule {

        @Override
        public void apply(Message.Builder message, Normalising to) {
            if (message.hasField(field)) {
                Message.Builder nested = ((Message) message.getField(field)).toBuilder();
                fields.apply(nested, to.within(field.getName()));
                message.setField(field, nested.build());
            } else if (required) {
                to.violated(field.getName(), "is missing");
            }
        }
    }

    /** A list; its elements have rules of their own when they are messages. */
    record Many(
            FieldDescriptor field,
            CountRules count,
            MessageFields fields,
            Optional<TotalRule> total)
            implements FieldRule {

        @Override
        public void apply(Message.Builder message, Normalising to) {
            int size = message.getRepeatedFieldCount(field);
            if (size < count.getMin() || (count.getMax() > 0 && size > count.getMax())) {
                to.violated(
                        field.getName(),
                        "must have %d to %d elements, but has %d"
                                .formatted(count.getMin(), count.getMax(), size));
                return;
            }
            int before = to.violations().size();
            Map<Object, Integer> seen = new HashMap<>();
            for (int i = 0; i < size; i++) {
                if (field.getJavaType() != JavaType.MESSAGE) {
                    continue;
                }
                Normalising element = to.within("%s[%d]".formatted(field.getName(), i));
                Message.Builder nested = ((Message) message.getRepeatedField(field, i)).toBuilder();
                fields.apply(nested, element);
                message.setRepeatedField(field, i, nested.build());
                checkUnique(nested, i, seen, element);
            }
            if (to.violations().size() == before) {
                total.ifPresent(rule -> rule.apply(message, field, to));
            }
        }

        private void checkUnique(
                Message.Builder nested, int i, Map<Object, Integer> seen, Normalising element) {
            if (count.getUniqueBy().isEmpty()) {
                return;
            }
            FieldDescriptor unique =
                    MessageRules.named(nested.getDescriptorForType(), count.getUniqueBy());
            Integer before = seen.putIfAbsent(nested.getField(unique), i);
            if (before != null) {
                element.violated(
                        unique.getName(),
                        "is the same as that of %s[%d]; give each once, with the whole quantity"
                                .formatted(field.getName(), before));
            }
        }
    }
}
