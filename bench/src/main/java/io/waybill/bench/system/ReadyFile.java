package io.waybill.bench.system;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a system wrote when it was ready.
 *
 * @param pid of its JVM
 * @param httpPort of its GraphQL door
 * @param mqttPort of its broker; 0 when none runs there
 */
public record ReadyFile(long pid, int httpPort, int mqttPort) {

    /** Reads one. */
    public static ReadyFile read(Path file) throws IOException {
        try {
            JsonNode ready = new JsonMapper().readTree(Files.readString(file));
            if (!ready.path("http").isInt()) {
                throw new IOException(file + " names no HTTP port: no gateway runs there");
            }
            return new ReadyFile(
                    ready.path("pid").asLong(0),
                    ready.path("http").asInt(),
                    ready.path("mqtt").asInt(0));
        } catch (JacksonException e) {
            throw new IOException(file + " is not a ready file", e);
        }
    }

    /** Where the GraphQL door is. */
    public URI http() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    /** Where the broker is, when one runs there. */
    public Optional<URI> mqtt() {
        return mqttPort == 0
                ? Optional.empty()
                : Optional.of(URI.create("mqtt://127.0.0.1:" + mqttPort));
    }

    /** The JVM, when it runs on this machine. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid);
    }
}
