/**
 * What the gateway asks the reader: contacts, commands, and which store is read. Each question is
 * asked on behalf of a principal, has a deadline, holds no thread, and fails with a {@link
 * io.waybill.wire.failure.WaybillException}.
 */
@NullMarked
package io.waybill.gateway.reading;

import org.jspecify.annotations.NullMarked;
