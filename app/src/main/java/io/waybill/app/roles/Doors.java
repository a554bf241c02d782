package io.waybill.app.roles;

import io.waybill.app.settings.Ports;
import io.waybill.app.settings.Refusal;
import io.waybill.app.settings.UpSettings;
import io.waybill.wire.identity.Role;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The ports that an instance is going to open. */
final class Doors {

    private record Door(String option, int port) {}

    private Doors() {}

    /**
     * Finds out that a port is taken before anything is started; what takes one later is found when
     * it is opened.
     *
     * @throws Refusal naming the port and its option
     */
    static void refuseTaken(UpSettings settings) {
        for (Door door : of(settings)) {
            InetSocketAddress address = settings.listenAt(door.port());
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(address);
            } catch (IOException e) {
                throw taken(settings, door, e);
            }
        }
    }

    private static List<Door> of(UpSettings settings) {
        Ports ports = settings.ports();
        List<Door> doors = new ArrayList<>();
        if (settings.runs(Role.BROKER)) {
            doors.add(new Door("--mqtt-port", ports.mqtt()));
            doors.add(new Door("--mqtt-websocket-port", ports.mqttWebSocket()));
        }
        if (settings.runs(Role.DATABASE)) {
            doors.add(new Door("--database-port", ports.database()));
        }
        if (settings.runs(Role.READER)) {
            doors.add(new Door("--reader-port", ports.reader()));
        }
        doors.add(
                settings.runs(Role.GATEWAY)
                        ? new Door("--http-port", ports.http())
                        : new Door("--management-port", ports.management()));
        return doors;
    }

    private static Refusal taken(UpSettings settings, Door door, IOException failure) {
        if (failure instanceof java.net.BindException && door.port() != 0) {
            try (ServerSocket free = new ServerSocket()) {
                free.bind(settings.listenAt(0));
                return Refusal.cannotRun(
                        "port %d is taken; choose another with %s (0 takes a free one)."
                                .formatted(door.port(), door.option()));
            } catch (IOException e) {
                // Then it is the address.
            }
        }
        return Refusal.cannotRun(
                "%s cannot be listened on: %s."
                        .formatted(settings.bind().getHostAddress(), failure.getMessage()));
    }
}
