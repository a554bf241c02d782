package io.waybill.app.cli;

import io.waybill.app.settings.Ports;

import picocli.CommandLine.Option;

/** The options that say on which ports this instance listens. */
final class PortOptions {

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            converter = Values.Port.class,
            description = "GraphQL and the playground; 0 takes a free one." + Values.DEFAULT)
    private int http;

    @Option(
            names = "--mqtt-port",
            paramLabel = "PORT",
            defaultValue = "1883",
            converter = Values.Port.class,
            description = "MQTT." + Values.DEFAULT)
    private int mqtt;

    @Option(
            names = "--mqtt-websocket-port",
            paramLabel = "PORT",
            defaultValue = "1888",
            converter = Values.Port.class,
            description = "MQTT over WebSocket, at /ws." + Values.DEFAULT)
    private int mqttWebSocket;

    @Option(
            names = "--database-port",
            paramLabel = "PORT",
            defaultValue = "8888",
            converter = Values.Port.class,
            description = "The database, for writer and reader." + Values.DEFAULT)
    private int database;

    @Option(
            names = "--reader-port",
            paramLabel = "PORT",
            defaultValue = "9998",
            converter = Values.Port.class,
            description = "gRPC reads." + Values.DEFAULT)
    private int reader;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            converter = Values.Port.class,
            description =
                    "Health and metrics where no gateway runs; with one they are at its port."
                            + Values.DEFAULT)
    private int management;

    Ports ports() {
        return new Ports(http, mqtt, mqttWebSocket, database, reader, management);
    }
}
