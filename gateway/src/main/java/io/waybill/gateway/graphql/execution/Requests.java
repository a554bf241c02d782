package io.waybill.gateway.graphql.execution;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads requests from JSON. Safe for use by many threads.
 *
 * <p>Fields that the specification does not know are passed over; one that is given twice is
 * refused, since readers differ in which of the two they take.
 */
public final class Requests {

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(40)
                                                    .maxNumberLength(100)
                                                    .maxNameLength(1_000)
                                                    .maxStringLength(256 * 1024)
                                                    .build())
                                    .build())
                    // amounts of money never go through a floating-point number
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    /** What Jackson says of a name that an object has already. */
    private static final Pattern TWICE = Pattern.compile("Duplicate .*\"(.{1,100})\"");

    private Requests() {}

    /**
     * A request from JSON in UTF-8.
     *
     * @throws MalformedRequestException when it is none; the message says why, for a person
     */
    public static GraphQlRequest read(byte[] json) throws MalformedRequestException {
        return of(object(json));
    }

    /**
     * A JSON object in UTF-8.
     *
     * @throws MalformedRequestException when it is none
     */
    public static Map<String, @Nullable Object> object(byte[] json)
            throws MalformedRequestException {
        Object read;
        try {
            read = JSON.readValue(json, Object.class);
        } catch (JacksonException e) {
            throw new MalformedRequestException(sentence(e));
        }
        if (read instanceof List) {
            throw new MalformedRequestException(
                    "batches are not supported: send one request at a time");
        }
        return asObject(read, "the request");
    }

    private static String sentence(JacksonException failure) {
        Matcher twice = TWICE.matcher(String.valueOf(failure.getOriginalMessage()));
        return twice.find()
                ? "the request is not valid JSON: " + twice.group(1) + " is given twice"
                : "the request is not valid JSON";
    }

    /**
     * A request from what was read of JSON already.
     *
     * @throws MalformedRequestException when it is none
     */
    public static GraphQlRequest of(Map<String, @Nullable Object> json)
            throws MalformedRequestException {
        String query = text(json, "query");
        if (query == null || query.isBlank()) {
            throw new MalformedRequestException("query is missing: it holds the GraphQL document");
        }
        Object extensions = json.get("extensions");
        if (extensions != null) {
            asObject(extensions, "extensions");
        }
        Object variables = json.get("variables");
        String operation = text(json, "operationName");
        return new GraphQlRequest(
                query,
                // An empty one is none: the engine takes the first operation for it.
                operation == null || operation.isEmpty() ? null : operation,
                variables == null ? Map.of() : asObject(variables, "variables"));
    }

    private static @Nullable String text(Map<String, @Nullable Object> json, String name)
            throws MalformedRequestException {
        return switch (json.get(name)) {
            case null -> null;
            case String text -> text;
            default -> throw new MalformedRequestException(name + " must be a string");
        };
    }

    @SuppressWarnings("unchecked") // JSON objects are read as maps by name
    private static Map<String, @Nullable Object> asObject(@Nullable Object json, String what)
            throws MalformedRequestException {
        if (json instanceof Map<?, ?> object) {
            return (Map<String, @Nullable Object>) object;
        }
        throw new MalformedRequestException(what + " must be a JSON object");
    }
}
