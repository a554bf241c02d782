/**
 * GraphQL over WebSocket: the protocol <a
 * href="https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md">graphql-transport-ws</a>.
 *
 * <p>Messages of a client come in, on the container's threads, one at a time for each connection;
 * results go out through one bounded queue for each connection, so that neither a slow client nor a
 * fast one holds up anybody else. Who breaks the protocol is told so by the close code that it
 * names for that.
 */
@NullMarked
package io.waybill.gateway.subscription;

import org.jspecify.annotations.NullMarked;
