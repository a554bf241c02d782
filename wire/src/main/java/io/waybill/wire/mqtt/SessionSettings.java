package io.waybill.wire.mqtt;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How a session is set up.
 *
 * @param broker {@code mqtt://host:port}
 * @param clientId the same for every connection of the session
 * @param userName {@code role:writer} for a role
 * @param password the role's secret
 * @param sessionExpiry how long the broker keeps the session without a connection
 * @param receiveMaximum how many unacknowledged messages are taken, up to 65,535
 * @param subscriptions filters, subscribed with QoS 1 after every connect
 */
public record SessionSettings(
        URI broker,
        String clientId,
        String userName,
        String password,
        Duration sessionExpiry,
        int receiveMaximum,
        List<String> subscriptions) {

    @Override
    public String toString() {
        return clientId + " at " + broker;
    }
}
