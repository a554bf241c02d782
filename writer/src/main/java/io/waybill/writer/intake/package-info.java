/**
 * Where commands come in: messages off the queue become pending commands, decoded and ready for
 * their lane.
 *
 * <p>Comes in: what the queue delivers, with or without a stamp. Goes out: a {@link
 * io.waybill.writer.intake.PendingCommand} that knows its identity, its stream, when it may be
 * decided, and how to acknowledge it. What holds: nothing is acknowledged here, and nothing that
 * cannot be decoded stops what comes after it.
 */
@NullMarked
package io.waybill.writer.intake;

import org.jspecify.annotations.NullMarked;
