/**
 * The gateway: GraphQL in front, an outbox behind. Mutations come in and are accepted once they are
 * on disk; queries are answered from the reader.
 */
@NullMarked
package io.waybill.gateway;

import org.jspecify.annotations.NullMarked;
