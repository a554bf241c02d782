package io.waybill.app.settings;

/**
 * Where the roles of this instance listen; 0 takes a free port.
 *
 * @param management health and metrics, when no gateway is here
 */
public record Ports(
        int http, int mqtt, int mqttWebSocket, int database, int reader, int management) {}
