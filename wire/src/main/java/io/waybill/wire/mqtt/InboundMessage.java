package io.waybill.wire.mqtt;

import java.util.List;
import java.util.Optional;

/**
 * A message that was delivered.
 *
 * @param acknowledgement acknowledges the message, once. Does nothing when the connection that
 *     brought it is gone: the broker then delivers it again. May be called from any thread; does
 *     not block.
 */
@SuppressWarnings("ArrayRecordComponent") // Messages are handed on, never compared.
public record InboundMessage(
        String topic,
        byte[] payload,
        Optional<String> contentType,
        Optional<String> responseTopic,
        Optional<byte[]> correlationData,
        List<UserProperty> userProperties,
        Runnable acknowledgement) {}
