package io.waybill.gateway.graphql.field;

import com.google.protobuf.Timestamp;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;

/** Times as RFC 3339 in UTC: {@code 2026-01-31T12:34:56.789Z}. */
final class DateTimeScalar implements Coercing<Instant, String> {

    private DateTimeScalar() {}

    static GraphQLScalarType type() {
        return GraphQLScalarType.newScalar()
                .name("DateTime")
                .coercing(new DateTimeScalar())
                .build();
    }

    @Override
    public String serialize(Object result, GraphQLContext context, Locale locale) {
        return switch (result) {
            case Timestamp time ->
                    Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
            case Instant time -> time.toString();
            default ->
                    throw new CoercingSerializeException(
                            result.getClass().getName() + " is not a time");
        };
    }

    @Override
    public Instant parseValue(Object input, GraphQLContext context, Locale locale) {
        try {
            return OffsetDateTime.parse((String) input).toInstant();
        } catch (ClassCastException | DateTimeException e) {
            throw new CoercingParseValueException("Expected an RFC 3339 time", e);
        }
    }

    @Override
    public Instant parseLiteral(
            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        if (input instanceof StringValue text) {
            try {
                return OffsetDateTime.parse(text.getValue()).toInstant();
            } catch (DateTimeException e) {
                throw new CoercingParseLiteralException("Expected an RFC 3339 time", e);
            }
        }
        throw new CoercingParseLiteralException("Expected an RFC 3339 time in quotes");
    }
}
