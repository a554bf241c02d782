package io.waybill.wire.mqtt;

import java.util.List;
import java.util.Optional;

/**
 * A message to publish with QoS 1. Its arrays are not copied: leave them alone.
 *
 * @param retained whether the broker keeps it for who subscribes later, in place of the one before
 */
@SuppressWarnings("ArrayRecordComponent") // Messages are handed on, never compared.
public record OutboundMessage(
        String topic,
        byte[] payload,
        Optional<String> contentType,
        Optional<String> responseTopic,
        Optional<byte[]> correlationData,
        List<UserProperty> userProperties,
        boolean retained) {

    /** A message that is not retained. */
    public OutboundMessage(
            String topic,
            byte[] payload,
            Optional<String> contentType,
            Optional<String> responseTopic,
            Optional<byte[]> correlationData,
            List<UserProperty> userProperties) {
        this(topic, payload, contentType, responseTopic, correlationData, userProperties, false);
    }

    /** A message with nothing but a topic and a payload. */
    public static OutboundMessage of(String topic, byte[] payload) {
        return new OutboundMessage(
                topic, payload, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }
}
