/**
 * How the reader asks the database. What comes in is a query with its {@link
 * io.waybill.reader.query.ReadTerms}: how fresh its answer must be, and by when it is owed. What
 * goes out is a future that always completes in that time: with the answer, or with a {@link
 * io.waybill.wire.failure.WaybillException} that a client may see.
 */
@NullMarked
package io.waybill.reader.query;

import org.jspecify.annotations.NullMarked;
