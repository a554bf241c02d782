/**
 * The read side over gRPC, for the reader: rows of the read models, as they stand or as fresh as a
 * query asks. A query that has to wait holds no thread meanwhile, waits no longer than it said, and
 * never gets stale rows.
 */
@NullMarked
package io.waybill.database.query;

import org.jspecify.annotations.NullMarked;
