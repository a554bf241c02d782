/**
 * Executes GraphQL requests, whichever transport they came by. A request comes in with its asker; a
 * future of a result goes out at once, which completes within the time that the request may take
 * and holds only errors in the one form that clients know.
 */
@NullMarked
package io.waybill.gateway.graphql.execution;

import org.jspecify.annotations.NullMarked;
