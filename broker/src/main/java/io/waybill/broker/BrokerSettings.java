package io.waybill.broker;

import java.nio.file.Path;

/**
 * How the broker is set up.
 *
 * @param folder where it keeps sessions and queues; made when missing
 * @param bind the address that both listeners are bound to
 * @param mqttPort for MQTT over TCP; 0 takes a free one
 * @param webSocketPort for MQTT over WebSocket, path {@code /ws}; 0 takes a free one
 * @param anonymousAllowed whether clients without credentials may connect
 */
public record BrokerSettings(
        Path folder, String bind, int mqttPort, int webSocketPort, boolean anonymousAllowed) {}
