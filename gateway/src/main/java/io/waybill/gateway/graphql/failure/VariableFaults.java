package io.waybill.gateway.graphql.failure;

import graphql.language.Document;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with the value of a variable. The engine says it in sentences of its own, which no
 * locale changes: they are read here for the names in them, and said again.
 */
final class VariableFaults {

    private static final String NAME = "'([_A-Za-z0-9]{1,100})'";
    private static final Pattern VARIABLE = Pattern.compile("[Vv]ariable " + NAME);
    private static final Pattern NULL_ARGUMENT = Pattern.compile("^Argument " + NAME);
    private static final Pattern NULL_FIELD = Pattern.compile("Field " + NAME + "[^']{0,20} has");
    private static final Pattern UNKNOWN_FIELD =
            Pattern.compile("field name " + NAME + ".*object type " + NAME);
    private static final Pattern REASON = Pattern.compile("has an invalid value: (.*)$");

    private VariableFaults() {}

    /**
     * A message about a variable, said again at the argument that takes it, and at the place within
     * it where the values are known; other messages as they are.
     */
    static WaybillException read(
            String message, @Nullable Document document, @Nullable VariableValues values) {
        Optional<VariableValues.Fault> fault =
                document == null || values == null ? Optional.empty() : values.fault(document);
        Matcher unknown = UNKNOWN_FIELD.matcher(message);
        if (unknown.find()) {
            String field =
                    document == null
                            ? unknown.group(1)
                            : fault.map(found -> place(document, found)).orElse(unknown.group(1));
            return WaybillException.badInput(
                    field, "%s is not a field of %s".formatted(field, unknown.group(2)));
        }
        boolean missing = message.contains("coerced Null");
        Optional<String> argument = first(NULL_ARGUMENT, message);
        if (missing && argument.isPresent()) {
            return WaybillException.badInput(argument.get(), argument.get() + " must not be null");
        }
        Optional<String> variable = first(VARIABLE, message);
        if (variable.isEmpty() || document == null) {
            return new WaybillException(ErrorCode.BAD_USER_INPUT, message);
        }
        if (fault.isPresent() && fault.get().variable().equals(variable.get())) {
            String place = place(document, fault.get());
            return missing ? missing(place) : mistyped(place, fault.get().type(), message);
        }
        String place = VariableUse.argument(document, variable.get()).orElse(variable.get());
        if (missing) {
            return missing(
                    first(NULL_FIELD, message).map(name -> place + "." + name).orElse(place));
        }
        String type = VariableUse.type(document, variable.get()).orElse("another");
        return mistyped(place, type, message);
    }

    private static String place(Document document, VariableValues.Fault fault) {
        return VariableUse.argument(document, fault.variable()).orElse(fault.variable())
                + fault.within();
    }

    private static WaybillException missing(String place) {
        return WaybillException.badInput(place, place + " is missing");
    }

    private static WaybillException mistyped(String place, String type, String message) {
        return WaybillException.badInput(
                place, "%s must be of type %s%s".formatted(place, type, reason(message)));
    }

    private static String reason(String message) {
        return first(REASON, message)
                .filter(reason -> !reason.isBlank())
                // Of values that are no objects the engine speaks in names of Java classes.
                .map(reason -> reason.startsWith("Expected type") ? "an object" : reason)
                .map(reason -> ": " + reason)
                .orElse("");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
