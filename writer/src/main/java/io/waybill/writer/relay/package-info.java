/**
 * What happened, told to the outside. Commits come in from the feed, in the order of their
 * positions; out go CloudEvents on {@code EVENT/<AGGREGATE>/<NAME>}, one for each event, and on
 * {@code EVENT/COMMAND/<OUTCOME>}, one for each outcome of a client's command. Each is sent until
 * the broker has it, in order, and carries a sequence without gaps of its partition and aggregate.
 * The sequences are counted from the log and kept with the checkpoint: what is sent again after a
 * crash has the numbers that it had.
 */
@NullMarked
package io.waybill.writer.relay;

import org.jspecify.annotations.NullMarked;
