/**
 * The read model of dead letters: in come the commits of commands that could not be handled, out
 * goes for each what is kept of it, listed under its principal by time.
 */
@NullMarked
package io.waybill.database.deadletter;

import org.jspecify.annotations.NullMarked;
