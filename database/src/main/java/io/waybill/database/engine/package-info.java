/**
 * The two seams between Waybill and a storage engine. In come batches of proposed commits ({@link
 * io.waybill.database.engine.EventLog}) and changes of read models ({@link
 * io.waybill.database.engine.ReadStore}); out go pages of commits and rows. What an engine must
 * hold is written here and checked for each by one conformance suite; {@link
 * io.waybill.database.engine.AppendDecisions} decides an append once for all of them. A failure is
 * a {@link io.waybill.wire.failure.WaybillException} whose code says whether trying again can help.
 */
@NullMarked
package io.waybill.database.engine;

import org.jspecify.annotations.NullMarked;
