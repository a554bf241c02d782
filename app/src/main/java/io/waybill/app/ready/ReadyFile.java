package io.waybill.app.ready;

import io.waybill.app.roles.OpenPorts;
import io.waybill.app.settings.FileTrouble;
import io.waybill.app.settings.Refusal;
import io.waybill.wire.identity.Role;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file that tells other programs that this one is ready: a JSON object with {@code pid}, {@code
 * roles} and the ports by name, null where the role is not here. Appears whole or not at all.
 */
public final class ReadyFile {

    private final Path file;

    public ReadyFile(Path file) {
        this.file = file;
    }

    /**
     * Writes the file.
     *
     * @throws Refusal when it cannot be written
     */
    public void write(Set<Role> roles, OpenPorts ports) {
        Path unfinished =
                file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.writeString(unfinished, json(roles, ports));
            Files.move(
                    unfinished,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Removes the file, if it is there. */
    public void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Refusal unusable(IOException failure) {
        return Refusal.cannotRun(
                "the ready file "
                        + file
                        + " cannot be written: "
                        + FileTrouble.reason(failure)
                        + ".");
    }

    private static String json(Set<Role> roles, OpenPorts ports) {
        return """
        {"pid": %d, "roles": [%s], "http": %s, "mqtt": %s, "mqttWebSocket": %s, "database": %s, \
        "reader": %s, "management": %s}
        """
                .formatted(
                        ProcessHandle.current().pid(),
                        roles.stream()
                                .sorted()
                                .map(role -> '"' + role.label() + '"')
                                .collect(Collectors.joining(", ")),
                        port(ports.http()),
                        port(ports.mqtt()),
                        port(ports.mqttWebSocket()),
                        port(ports.database()),
                        port(ports.reader()),
                        port(ports.management()));
    }

    private static String port(OptionalInt port) {
        return port.isPresent() ? Integer.toString(port.getAsInt()) : "null";
    }
}
