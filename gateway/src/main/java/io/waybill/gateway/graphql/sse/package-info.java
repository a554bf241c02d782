/**
 * GraphQL over Server-Sent Events: the <a
 * href="https://github.com/graphql/graphql-over-http/blob/main/rfcs/GraphQLOverSSE.md">distinct
 * connections mode</a>, in which a request that is answered with {@code text/event-stream} is a
 * stream of its own. A request that was read comes in; {@code next} events with its results go out,
 * then {@code complete}. A stream that ends without {@code complete} was broken off: the client is
 * to ask again.
 *
 * <p>No thread waits for a stream: a virtual one lives while there is something to write. A result
 * is asked for when the one before it was written, so that for a slow client newer states replace
 * those that it was not told yet, and nothing piles up.
 */
@NullMarked
package io.waybill.gateway.graphql.sse;

import org.jspecify.annotations.NullMarked;
