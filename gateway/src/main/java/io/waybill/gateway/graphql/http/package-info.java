/**
 * GraphQL over HTTP, as its specification has it: a POST with JSON comes in, JSON goes out, or a
 * stream of events where the client prefers that. Only POST executes mutations. See <a
 * href="https://graphql.github.io/graphql-over-http/draft/">GraphQL over HTTP</a>.
 */
@NullMarked
package io.waybill.gateway.graphql.http;

import org.jspecify.annotations.NullMarked;
