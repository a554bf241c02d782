package io.waybill.gateway.graphql.execution;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A request as GraphQL over HTTP and over WebSocket know it.
 *
 * @param query the document
 * @param operationName which of its operations; null when it has one only
 * @param variables the operation's variables
 */
public record GraphQlRequest(
        String query, @Nullable String operationName, Map<String, @Nullable Object> variables) {}
