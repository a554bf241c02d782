package io.waybill.gateway.graphql.field;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Objects;

/**
 * Exact decimal numbers, as text or as a number: {@code "12.50"}, {@code 12.50}. What they may be
 * is the field's to say.
 */
final class DecimalScalar implements Coercing<String, String> {

    /** Longer ones are no amounts, and are not written out. */
    private static final int LONGEST = 40;

    private DecimalScalar() {}

    static GraphQLScalarType type() {
        return GraphQLScalarType.newScalar().name("Decimal").coercing(new DecimalScalar()).build();
    }

    @Override
    public String serialize(Object result, GraphQLContext context, Locale locale) {
        return result.toString();
    }

    @Override
    public String parseValue(Object input, GraphQLContext context, Locale locale) {
        return switch (input) {
            case String text -> text;
            case Integer whole -> whole.toString();
            case Long whole -> whole.toString();
            case BigInteger whole -> plain(new BigDecimal(whole));
            case BigDecimal number -> plain(number);
            default ->
                    throw new CoercingParseValueException(
                            "Expected a decimal number, as text or as a number");
        };
    }

    @Override
    public String parseLiteral(
            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        return switch (input) {
            case StringValue text -> Objects.requireNonNullElse(text.getValue(), "");
            case IntValue whole -> plain(new BigDecimal(whole.getValue()));
            case FloatValue number -> plain(number.getValue());
            default ->
                    throw new CoercingParseLiteralException(
                            "Expected a decimal number, as text or as a number");
        };
    }

    /** Written out, unless it is so large or so small that it is no amount anyway. */
    private static String plain(BigDecimal number) {
        boolean amount =
                Math.abs((long) number.scale()) <= LONGEST && number.precision() <= LONGEST;
        return amount ? number.toPlainString() : number.toString();
    }
}
