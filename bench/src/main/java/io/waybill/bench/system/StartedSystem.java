package io.waybill.bench.system;

import io.waybill.bench.load.Pause;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A system that was started for measuring. Stopped, and its folder deleted, by {@link #close()}.
 * Used by one thread; a JVM that ends before it is closed closes it.
 */
public final class StartedSystem implements MeasuredSystem, AutoCloseable {

    private static final Duration TO_BE_READY = Duration.ofMinutes(2);
    private static final Duration TO_STOP = Duration.ofSeconds(20);

    /**
     * The program, as it runs now.
     *
     * @param process the launcher, and then the JVM that it becomes
     */
    private record Program(Process process, ReadyFile ready, long begun, Duration untilReady) {}

    private final Path folder;
    private final List<String> command;
    private final Thread atTheEnd = new Thread(this::end, "stop-system");

    /** What was started last, ready or not; seen by the thread at the end. */
    private volatile @Nullable Process started;

    private Program program;

    private StartedSystem(Path folder, List<String> command) throws IOException {
        this.folder = folder;
        this.command = command;
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        try {
            program = launch();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Has the launcher build what is not built, so that it is not measured. */
    public static void build(Path launcher) throws IOException {
        Process version = new ProcessBuilder(launcher.toString(), "--version").inheritIO().start();
        try {
            if (version.waitFor() != 0) {
                throw new IOException(launcher + " --version failed with " + version.exitValue());
            }
        } catch (InterruptedException e) {
            version.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Starts a system and waits until it is ready.
     *
     * @param delay how long its writer holds a command back
     * @param more options of its own
     * @throws IOException when it ends, or is not ready within two minutes; the message holds its
     *     last words
     */
    public static StartedSystem start(Path launcher, Duration delay, String... more)
            throws IOException {
        Path folder = Files.createTempDirectory("waybill-bench");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                launcher.toString(),
                                "up",
                                "--data",
                                folder.resolve("data").toString(),
                                "--delay",
                                delay.toMillis() + "ms",
                                "--http-port",
                                "0",
                                "--mqtt-port",
                                "0",
                                "--mqtt-websocket-port",
                                "0",
                                "--database-port",
                                "0",
                                "--reader-port",
                                "0",
                                "--management-port",
                                "0",
                                "--ready-file",
                                readyFile(folder).toString()));
        command.addAll(List.of(more));
        return new StartedSystem(folder, command);
    }

    /**
     * Kills it as {@code kill -9} does, and starts it again on the same data, on other ports.
     *
     * @throws IOException as for {@link #start}
     */
    public void killAndStartAgain() throws IOException {
        kill(program.process());
        Files.deleteIfExists(readyFile(folder));
        program = launch();
    }

    private Program launch() throws IOException {
        Path words = folder.resolve("output.txt");
        long begun = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(words.toFile()))
                        .start();
        started = process;
        ReadyFile ready = await(process, readyFile(folder), words);
        return new Program(process, ready, begun, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static Path readyFile(Path folder) {
        return folder.resolve("ready.json");
    }

    private static ReadyFile await(Process process, Path readyFile, Path words) throws IOException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < TO_BE_READY.toNanos()) {
            if (Files.exists(readyFile)) {
                return ReadyFile.read(readyFile);
            }
            if (!process.isAlive()) {
                throw new IOException(
                        "the system ended with %d before it was ready:%n%s"
                                .formatted(process.exitValue(), lastOf(words)));
            }
            Pause.of(Duration.ofMillis(5));
        }
        throw new IOException(
                "the system was not ready within %s:%n%s".formatted(TO_BE_READY, lastOf(words)));
    }

    private static String lastOf(Path words) throws IOException {
        String all = Files.readString(words);
        return all.length() > 4_000 ? all.substring(all.length() - 4_000) : all;
    }

    /** From the launcher's start until the ready file was there; the last start, of several. */
    public Duration untilReady() {
        return program.untilReady();
    }

    /** When the launcher was started last, by {@link System#nanoTime()}. */
    public long startedAt() {
        return program.begun();
    }

    @Override
    public URI http() {
        return program.ready().http();
    }

    @Override
    public URI mqtt() throws IOException {
        return program.ready()
                .mqtt()
                .orElseThrow(() -> new IOException("the system was started without a broker"));
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.of(program.ready().process().orElse(program.process().toHandle()));
    }

    /** How much memory its JVM holds now. */
    public long residentBytes() throws IOException {
        return Memory.residentBytes(process().orElseThrow());
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException alreadyEnding) {
            // It runs now, and does the same.
            return;
        }
        end();
    }

    private void end() {
        Process running = started;
        if (running != null) {
            stop(running);
        }
        delete(folder);
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
                force(process);
                process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            force(process);
            Thread.currentThread().interrupt();
        }
    }

    private static void kill(Process process) throws IOException {
        force(process);
        try {
            if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the system does not end, though it was killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A launcher of one's own may not have become the JVM, but wait for it. */
    private static void force(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
