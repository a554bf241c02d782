/**
 * Read models, made from the log. A {@link io.waybill.database.projection.Projection} says what a
 * commit does to its rows; a {@link io.waybill.database.projection.ProjectionRunner}, one thread
 * for several, feeds it the log from its checkpoint on and writes rows, index entries and the new
 * checkpoint at once; {@link io.waybill.database.projection.Progress} tells those who wait how far
 * it is. What a projection does not understand stops it, and it alone: its rows stay as they were,
 * and its state says why.
 */
@NullMarked
package io.waybill.database.projection;

import org.jspecify.annotations.NullMarked;
