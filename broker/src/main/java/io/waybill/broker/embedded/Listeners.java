package io.waybill.broker.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where the broker listens.
 *
 * @param bind the address of both listeners
 * @param mqttPort for MQTT over TCP; 0 takes a free one
 * @param webSocketPort for MQTT over WebSocket; 0 takes a free one
 */
public record Listeners(String bind, int mqttPort, int webSocketPort) {

    /**
     * Finds out before anything is opened whether both ports can be had.
     *
     * @throws IllegalStateException when one cannot; the message names it
     */
    void requireFree() {
        InetAddress address;
        try {
            address = InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "the broker cannot listen on '%s': there is no such address".formatted(bind),
                    e);
        }
        if (mqttPort != 0 && mqttPort == webSocketPort) {
            throw new IllegalStateException(
                    "port %d is given for both MQTT and MQTT over WebSocket".formatted(mqttPort));
        }
        requireFree(address, mqttPort, "MQTT");
        requireFree(address, webSocketPort, "MQTT over WebSocket");
    }

    private void requireFree(InetAddress address, int port, String what) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port %d on %s, for %s, cannot be had: %s"
                            .formatted(port, bind, what, e.getMessage()),
                    e);
        }
    }
}
