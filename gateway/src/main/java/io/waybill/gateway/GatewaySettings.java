package io.waybill.gateway;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a gateway is set up.
 *
 * @param folder what is the gateway's own: its id and its outbox
 * @param broker where commands are published: {@code mqtt://host:port}
 * @param delay the simulated delay of the writer: what an outcome takes at least
 * @param currency of amounts that name none, by its code of ISO 4217
 */
public record GatewaySettings(Path folder, URI broker, Duration delay, String currency) {

    /** A gateway whose amounts are in euros when they do not say otherwise. */
    public GatewaySettings(Path folder, URI broker, Duration delay) {
        this(folder, broker, delay, "EUR");
    }
}
