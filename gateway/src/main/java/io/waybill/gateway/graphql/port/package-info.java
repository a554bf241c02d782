/**
 * What GraphQL needs of the rest of the gateway: contacts to read, commands to submit and to
 * follow. Every future fails with a {@link io.waybill.wire.failure.WaybillException}, holds no
 * thread, and ends by itself within the time that its question may take.
 */
@NullMarked
package io.waybill.gateway.graphql.port;

import org.jspecify.annotations.NullMarked;
