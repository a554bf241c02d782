package io.waybill.gateway.graphql.limit;

import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.IntValue;
import graphql.language.Value;
import graphql.language.VariableReference;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;

/** How many rows a field asks for, as far as the document says so. */
sealed interface Rows {

    /** As many as a page may have: what asks for more is refused by the field itself. */
    int MOST = 1_000;

    /** The arguments that name a number of rows. */
    Set<String> ARGUMENTS = Set.of("count", "first", "last");

    /** A number in the document. */
    record Fixed(int count) implements Rows {}

    /** A number in a variable. */
    record Variable(String name, int otherwise) implements Rows {}

    /** The number of rows with these variables, 1 to {@link #MOST}. */
    default int count(Map<String, ?> variables) {
        return switch (this) {
            case Fixed fixed -> fixed.count();
            case Variable variable ->
                    variables.get(variable.name()) instanceof Number number
                            ? Math.clamp(number.longValue(), 1, MOST)
                            : variable.otherwise();
        };
    }

    /**
     * What a field asks for.
     *
     * @param defaults the default values of the document's variables
     */
    static Rows of(Field field, Map<String, Value<?>> defaults) {
        for (Argument argument : field.getArguments()) {
            if (ARGUMENTS.contains(argument.getName())) {
                return switch (argument.getValue()) {
                    case VariableReference variable ->
                            new Variable(
                                    variable.getName(), literal(defaults.get(variable.getName())));
                    case Value<?> value -> new Fixed(literal(value));
                };
            }
        }
        return new Fixed(1);
    }

    private static int literal(@org.jspecify.annotations.Nullable Value<?> value) {
        return value instanceof IntValue number
                ? number.getValue()
                        .max(BigInteger.ONE)
                        .min(BigInteger.valueOf(MOST))
                        .intValueExact()
                : 1;
    }
}
