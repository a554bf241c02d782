/**
 * Against commands that kill their writer. The identity of the command being decoded or decided is
 * noted just before and struck out right after, in a small memory-mapped file that outlives the
 * process.
 *
 * <p>What holds: a command that was being handled at three unclean stops in a row is condemned, to
 * be dead-lettered without being looked at again, and no other is. What only waits is never noted.
 * The pipeline decodes and decides on one thread, one command at a time, so a noted command always
 * is alone.
 */
@NullMarked
package io.waybill.writer.poison;

import org.jspecify.annotations.NullMarked;
