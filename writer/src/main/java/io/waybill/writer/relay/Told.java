package io.waybill.writer.relay;

import io.waybill.wire.mqtt.OutboundMessage;

/**
 * One message of the relay.
 *
 * @param aggregate whose sequence it is numbered by: {@code ORDER}, {@code COMMAND}
 */
record Told(String aggregate, long sequence, OutboundMessage message) {}
