package io.waybill.app.e2e;

import static org.awaitility.Awaitility.await;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The program as a child process, with a folder and ports of its own. May be killed at any moment
 * and started again with the same folder and the same ports. Used by one thread.
 */
public final class RunningWaybill implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<RunningWaybill> RUNNING =
            java.util.concurrent.ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> RUNNING.forEach(one -> one.process.destroyForcibly())));
    }

    private final String name;
    private final Path folder;
    private final Map<String, String> options = new LinkedHashMap<>();
    private Process process;
    private JsonNode ready;

    private RunningWaybill(String name, Path folder, Map<String, String> options) {
        this.name = name;
        this.folder = folder;
        this.options.putAll(options);
    }

    /** One process with all roles on free ports; ready when this returns. */
    public static RunningWaybill start(Path folder, String... options) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String port : List.of("http", "mqtt", "mqtt-websocket", "database", "reader")) {
            all.put("--" + port + "-port", "0");
        }
        all.put("--data", folder.resolve("data").toString());
        all.putAll(parse(options));
        RunningWaybill waybill = new RunningWaybill("waybill", folder, all);
        waybill.launch();
        waybill.awaitReady();
        return waybill;
    }

    /** A process that is started with {@link #launch()}, with exactly these options. */
    static RunningWaybill prepared(String name, Path folder, String... options) {
        return new RunningWaybill(name, folder, parse(options));
    }

    /** Starts the process and returns at once. */
    RunningWaybill launch() {
        try {
            Files.createDirectories(temporaryFiles());
            List<String> arguments = new ArrayList<>(List.of("up"));
            options.forEach((option, value) -> arguments.add(option + "=" + value));
            arguments.add("--ready-file=" + readyFile());
            process =
                    new ProcessBuilder(Program.command(temporaryFiles(), arguments))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                            .start();
            RUNNING.add(this);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process says that it is ready. */
    RunningWaybill awaitReady() {
        await(name + " ready")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            if (!process.isAlive()) {
                                throw new AssertionError(
                                        name
                                                + " ended early with "
                                                + process.exitValue()
                                                + output());
                            }
                            return Files.exists(readyFile());
                        });
        try {
            ready = JSON.readTree(Files.readString(readyFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keepPort("http", "--http-port");
        keepPort("mqtt", "--mqtt-port");
        keepPort("mqttWebSocket", "--mqtt-websocket-port");
        keepPort("database", "--database-port");
        keepPort("reader", "--reader-port");
        keepPort("management", "--management-port");
        return this;
    }

    /** {@code kill -9}: returns when the process is gone. */
    RunningWaybill kill() {
        process.destroyForcibly();
        awaitEnd(STOP_LIMIT);
        try {
            Files.deleteIfExists(readyFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** SIGTERM: returns the exit code. */
    int terminate() {
        process.destroy();
        return awaitEnd(STOP_LIMIT);
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.destroyForcibly();
            awaitEnd(STOP_LIMIT);
        }
        RUNNING.remove(this);
    }

    private int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + limit + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The ready file as it was written. */
    JsonNode ready() {
        return ready;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    Path data() {
        return Path.of(options.get("--data"));
    }

    /** The process's {@code java.io.tmpdir}. */
    Path temporaryFiles() {
        return folder.resolve("tmp");
    }

    Path readyFile() {
        return folder.resolve(name + ".ready");
    }

    Path log() {
        return folder.resolve(name + ".log");
    }

    public int http() {
        return ready.get("http").asInt();
    }

    public int mqtt() {
        return ready.get("mqtt").asInt();
    }

    int mqttWebSocket() {
        return ready.get("mqttWebSocket").asInt();
    }

    public int reader() {
        return ready.get("reader").asInt();
    }

    int database() {
        return ready.get("database").asInt();
    }

    /** A client of this process's GraphQL. */
    public GraphQl graphQl() {
        return new GraphQl(http());
    }

    /** What the process has printed. */
    String output() {
        try {
            return "\n--- " + name + " ---\n" + Files.readString(log());
        } catch (IOException e) {
            return "";
        }
    }

    /** A port that is free now. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepPort(String key, String option) {
        if (ready.hasNonNull(key)) {
            options.put(option, ready.get(key).asString());
        }
    }

    private static Map<String, String> parse(String... options) {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            parsed.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return parsed;
    }
}
