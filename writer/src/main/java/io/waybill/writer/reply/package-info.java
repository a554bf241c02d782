/**
 * Replies: what participants recorded for a saga comes in by the log's feed, and goes to the order
 * as a command of its own.
 *
 * <p>What holds: a refusal is heard as an event is; the checkpoint moves past a commit only when
 * what the order made of it is recorded, so that none is lost, and one that comes again is the same
 * command.
 */
@NullMarked
package io.waybill.writer.reply;

import org.jspecify.annotations.NullMarked;
