package io.waybill.wire.mqtt;

/** One MQTT 5 user property. */
public record UserProperty(String name, String value) {}
