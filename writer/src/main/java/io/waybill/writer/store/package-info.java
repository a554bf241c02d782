/**
 * The event log as the writer uses it: a port, its gRPC adaptor, and the watch that notices when
 * the store is away, back, or another one, with its memory of which one that was. What fails here
 * is waited for, with backoff, and never counted against a command.
 */
@NullMarked
package io.waybill.writer.store;

import org.jspecify.annotations.NullMarked;
