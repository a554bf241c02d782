/**
 * The role that keeps the event log and the read models on one storage engine. Knows no queue.
 *
 * <p>A commit comes in through {@code append}, is decided and stored by an {@code engine}, and is
 * seen at the {@code tail} of the log by the {@code feed}, for other roles, and by each {@code
 * projection} ({@code contact}, {@code order}, {@code account}, {@code restaurant}, {@code
 * shopping}, {@code command}, {@code deadletter}), whose rows {@code query} reads. {@link
 * io.waybill.database.DatabaseRole} wires them. What the writer may call and what the reader may
 * call have nothing in common ({@link io.waybill.database.DatabaseAccess}).
 */
@NullMarked
package io.waybill.database;

import org.jspecify.annotations.NullMarked;
