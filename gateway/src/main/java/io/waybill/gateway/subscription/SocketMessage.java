package io.waybill.gateway.subscription;

import graphql.ExecutionResult;
import graphql.GraphQLError;

import io.waybill.gateway.graphql.execution.GraphQlRequest;
import io.waybill.gateway.graphql.execution.MalformedRequestException;
import io.waybill.gateway.graphql.execution.Requests;
import io.waybill.gateway.graphql.execution.Responses;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The messages of the protocol. */
final class SocketMessage {

    /** What a client may say. */
    sealed interface Incoming {

        /** Who it is: may hold an {@code Authorization}. */
        record Init(@Nullable String authorization) implements Incoming {}

        /** To execute a request under an id. */
        record Subscribe(String id, GraphQlRequest request) implements Incoming {}

        /** To stop what runs under an id. */
        record Complete(String id) implements Incoming {}

        /** A sign of life that is to be answered. */
        record Ping() implements Incoming {}

        /** The answer to one. */
        record Pong() implements Incoming {}
    }

    static final String ACK = "{\"type\":\"connection_ack\"}";
    static final String PONG = "{\"type\":\"pong\"}";

    private static final int LONGEST_ID = 200;
    private static final JsonFactory JSON = new JsonFactory();

    private SocketMessage() {}

    /**
     * Reads a client's message.
     *
     * @throws MalformedRequestException when it is none; the message says why
     */
    static Incoming read(String text) throws MalformedRequestException {
        Map<String, @Nullable Object> message =
                Requests.object(text.getBytes(StandardCharsets.UTF_8));
        Object type = message.get("type");
        return switch (type instanceof String name ? name : "") {
            case "connection_init" -> new Incoming.Init(authorization(payload(message)));
            case "subscribe" -> new Incoming.Subscribe(id(message), Requests.of(payload(message)));
            case "complete" -> new Incoming.Complete(id(message));
            case "ping" -> {
                payload(message);
                yield new Incoming.Ping();
            }
            case "pong" -> {
                payload(message);
                yield new Incoming.Pong();
            }
            default -> throw new MalformedRequestException("the message has no known type");
        };
    }

    /** A result of what runs under an id. */
    static String next(String id, ExecutionResult result) {
        return write("next", id, json -> Responses.writeTo(json, result));
    }

    /** The errors with which what ran under an id has ended. */
    static String error(String id, List<GraphQLError> errors) {
        return write("error", id, json -> Responses.writeErrors(json, errors));
    }

    /** What ran under an id is over. */
    static String complete(String id) {
        return write("complete", id, null);
    }

    private static String write(String type, String id, @Nullable Consumer<JsonGenerator> payload) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512)) {
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
                json.writeStartObject();
                json.writeStringProperty("id", id);
                json.writeStringProperty("type", type);
                if (payload != null) {
                    json.writeName("payload");
                    payload.accept(json);
                }
                json.writeEndObject();
            }
            return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
        }
    }

    private static String id(Map<String, @Nullable Object> message)
            throws MalformedRequestException {
        if (message.get("id") instanceof String id
                && !id.isEmpty()
                && id.length() <= LONGEST_ID
                && id.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return id;
        }
        throw new MalformedRequestException(
                "the message needs an id of 1 to %d characters".formatted(LONGEST_ID));
    }

    @SuppressWarnings("unchecked") // JSON objects are read as maps by name
    private static Map<String, @Nullable Object> payload(Map<String, @Nullable Object> message)
            throws MalformedRequestException {
        return switch (message.get("payload")) {
            case null -> Map.of();
            case Map<?, ?> object -> (Map<String, @Nullable Object>) object;
            default -> throw new MalformedRequestException("payload must be an object");
        };
    }

    private static @Nullable String authorization(Map<String, @Nullable Object> payload)
            throws MalformedRequestException {
        for (Map.Entry<String, @Nullable Object> entry : payload.entrySet()) {
            if (entry.getKey().equalsIgnoreCase("authorization") && entry.getValue() != null) {
                if (entry.getValue() instanceof String text) {
                    return text;
                }
                throw new MalformedRequestException("Authorization must be a string");
            }
        }
        return null;
    }
}
