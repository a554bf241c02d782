/**
 * The end of the log, as those see it who follow it: what was just committed comes from memory,
 * what is older from the engine, and whoever has seen all of it is woken by the next commit. Nobody
 * polls.
 */
@NullMarked
package io.waybill.database.tail;

import org.jspecify.annotations.NullMarked;
