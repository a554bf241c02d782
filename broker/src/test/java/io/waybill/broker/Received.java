package io.waybill.broker;

import com.google.protobuf.ByteString;

import io.waybill.wire.mqtt.Stamp;

import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

import java.util.Optional;

/** A message as a test's client got it. */
record Received(
        String topic,
        ByteString content,
        int qos,
        boolean retained,
        Optional<MqttProperties> properties) {

    static Received of(String topic, MqttMessage message) {
        return new Received(
                topic,
                ByteString.copyFrom(message.getPayload()),
                message.getQos(),
                message.isRetained(),
                Optional.ofNullable(message.getProperties()));
    }

    byte[] payload() {
        return content.toByteArray();
    }

    String text() {
        return content.toStringUtf8();
    }

    Optional<byte[]> correlation() {
        return properties.map(MqttProperties::getCorrelationData);
    }

    Stamp stamp() {
        return correlation().flatMap(Stamp::from).orElseThrow();
    }

    Optional<String> userProperty(String name) {
        return properties.stream()
                .flatMap(known -> known.getUserProperties().stream())
                .filter(property -> property.getKey().equals(name))
                .map(property -> property.getValue())
                .findFirst();
    }
}
