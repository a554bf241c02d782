package io.waybill.app.ready;

import io.waybill.app.roles.OpenPorts;
import io.waybill.app.settings.HostPort;
import io.waybill.app.settings.UpSettings;

import java.util.Locale;
import java.util.OptionalInt;

/** What is printed when all roles can work: every door with its address. */
public final class ReadyMessage {

    private ReadyMessage() {}

    /**
     * The block of text.
     *
     * @param begun when the program began, on the monotonic clock
     */
    public static String of(UpSettings settings, OpenPorts ports, long begun) {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "waybill ready after %.1f s, process %d",
                        (System.nanoTime() - begun) / 1e9,
                        ProcessHandle.current().pid()));
        door(text, "playground", "http://%s/", settings, ports.http());
        door(text, "GraphQL", "http://%s/graphql", settings, ports.http());
        door(text, "MQTT", "mqtt://%s", settings, ports.mqtt());
        door(text, "MQTT, WebSocket", "ws://%s/ws", settings, ports.mqttWebSocket());
        door(text, "gRPC reads", "%s", settings, ports.reader());
        door(text, "database", "%s", settings, ports.database());
        door(text, "health", "http://%s/actuator/health", settings, ports.http());
        door(text, "health", "http://%s/actuator/health", settings, ports.management());
        return text.append(String.format("%n  %-16s %s", "data", settings.data())).toString();
    }

    private static void door(
            StringBuilder text, String name, String form, UpSettings settings, OptionalInt port) {
        if (port.isPresent()) {
            HostPort address = settings.reach(port.getAsInt());
            HostPort friendly =
                    address.host().equals("127.0.0.1")
                            ? new HostPort("localhost", address.port())
                            : address;
            text.append(String.format("%n  %-16s %s", name, form.formatted(friendly)));
        }
    }
}
