/**
 * Timers: what is due in the log comes in, the commands that it causes go out.
 *
 * <p>What holds: a timer stands in the log until a commit clears it or sets it anew, so that it
 * fires at least once, whatever crashes; the command that it causes is the same each time, so that
 * it has one effect. None is looked for by a scan.
 */
@NullMarked
package io.waybill.writer.timer;

import org.jspecify.annotations.NullMarked;
