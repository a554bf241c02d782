package io.waybill.wire.mqtt;

import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages as Paho has them, and as the session has them. */
final class PahoMessages {

    private static final int AT_LEAST_ONCE = 1;

    /** Fixed header, lengths, packet id, topic alias. */
    private static final int MOST_OVERHEAD_BYTES = 40;

    private PahoMessages() {}

    static MqttMessage outbound(OutboundMessage message) {
        MqttProperties properties = new MqttProperties();
        message.contentType().ifPresent(properties::setContentType);
        message.responseTopic().ifPresent(properties::setResponseTopic);
        message.correlationData().ifPresent(properties::setCorrelationData);
        if (!message.userProperties().isEmpty()) {
            List<org.eclipse.paho.mqttv5.common.packet.UserProperty> pairs = new ArrayList<>();
            for (UserProperty property : message.userProperties()) {
                pairs.add(
                        new org.eclipse.paho.mqttv5.common.packet.UserProperty(
                                property.name(), property.value()));
            }
            properties.setUserProperties(pairs);
        }
        MqttMessage result = new MqttMessage(message.payload());
        result.setQos(AT_LEAST_ONCE);
        result.setRetained(message.retained());
        result.setProperties(properties);
        return result;
    }

    static InboundMessage inbound(String topic, MqttMessage message, Runnable acknowledgement) {
        MqttProperties properties = message.getProperties();
        if (properties == null) {
            properties = new MqttProperties();
        }
        List<UserProperty> pairs = new ArrayList<>();
        for (var property : properties.getUserProperties()) {
            pairs.add(new UserProperty(property.getKey(), property.getValue()));
        }
        return new InboundMessage(
                topic,
                message.getPayload(),
                Optional.ofNullable(properties.getContentType()),
                Optional.ofNullable(properties.getResponseTopic()),
                Optional.ofNullable(properties.getCorrelationData()),
                List.copyOf(pairs),
                acknowledgement);
    }

    /** How many bytes a message has on the wire, at most a few more. */
    static long size(OutboundMessage message) {
        long size = MOST_OVERHEAD_BYTES + message.payload().length + bytes(message.topic());
        size += message.contentType().map(PahoMessages::bytes).orElse(0L);
        size += message.responseTopic().map(PahoMessages::bytes).orElse(0L);
        size += message.correlationData().map(data -> data.length).orElse(0);
        for (UserProperty property : message.userProperties()) {
            size += 5 + bytes(property.name()) + bytes(property.value());
        }
        return size;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
