/**
 * Answering: what stands in the log for a command goes to whoever sent it, many answers to a
 * message for a gateway, one by one as JSON for an MQTT client that named a response topic; then
 * the command is acknowledged.
 *
 * <p>What holds: nothing is acknowledged before its answer was handed to the broker or could not
 * be; an answer that cannot be sent holds nothing up for ever, since a gateway's probe, or the
 * client itself, asks again.
 */
@NullMarked
package io.waybill.writer.answer;

import org.jspecify.annotations.NullMarked;
