package io.waybill.gateway.graphql.execution;

import graphql.ExecutionResult;
import graphql.GraphQLError;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes results as JSON, without a detour through a mapper. Safe for use by many threads. */
public final class Responses {

    private static final JsonFactory JSON = new JsonFactory();

    private Responses() {}

    /** A result as the specification has it, in UTF-8. */
    public static byte[] write(ExecutionResult result) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(1024)) {
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
                writeTo(json, result);
            }
            return bytes.toByteArray();
        }
    }

    /** Writes a result as an object at the generator's place. */
    public static void writeTo(JsonGenerator json, ExecutionResult result) {
        json.writeStartObject();
        List<GraphQLError> errors = result.getErrors();
        if (!errors.isEmpty()) {
            json.writeName("errors");
            writeErrors(json, errors);
        }
        if (result.isDataPresent()) {
            json.writeName("data");
            write(json, result.getData());
        }
        json.writeEndObject();
    }

    /** Writes errors as an array at the generator's place. */
    public static void writeErrors(JsonGenerator json, List<GraphQLError> errors) {
        json.writeStartArray();
        for (GraphQLError error : errors) {
            write(json, error.toSpecification());
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Map<?, ?> object -> {
                json.writeStartObject();
                object.forEach(
                        (name, member) -> {
                            json.writeName(String.valueOf(name));
                            write(json, member);
                        });
                json.writeEndObject();
            }
            case Collection<?> array -> {
                json.writeStartArray();
                array.forEach(element -> write(json, element));
                json.writeEndArray();
            }
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case Double number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }
}
