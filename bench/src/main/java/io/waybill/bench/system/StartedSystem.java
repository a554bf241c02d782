package io.waybill.bench.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A system that was started for measuring. Stopped, and its folder deleted, by {@link #close()}.
 */
public final class StartedSystem implements AutoCloseable {

    private static final Duration TO_BE_READY = Duration.ofMinutes(2);
    private static final Duration TO_STOP = Duration.ofSeconds(20);

    private final Process process;
    private final Path folder;
    private final ReadyFile ready;
    private final Duration untilReady;
    private final Thread atTheEnd;

    private StartedSystem(
            Process process, Path folder, ReadyFile ready, Duration untilReady, Thread atTheEnd) {
        this.process = process;
        this.folder = folder;
        this.ready = ready;
        this.untilReady = untilReady;
        this.atTheEnd = atTheEnd;
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
     * @throws IOException when it ends, or is not ready within two minutes; the message holds its
     *     last words
     */
    public static StartedSystem start(Path launcher, Duration delay) throws IOException {
        Path folder = Files.createTempDirectory("waybill-bench");
        Path readyFile = folder.resolve("ready.json");
        Path words = folder.resolve("output.txt");
        long begun = System.nanoTime();
        Process process =
                new ProcessBuilder(command(launcher, delay, folder.resolve("data"), readyFile))
                        .redirectErrorStream(true)
                        .redirectOutput(words.toFile())
                        .start();
        Thread atTheEnd = new Thread(() -> end(process, process.toHandle(), folder), "stop-system");
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        try {
            ReadyFile ready = await(process, readyFile, words);
            Duration untilReady = Duration.ofNanos(System.nanoTime() - begun);
            return new StartedSystem(process, folder, ready, untilReady, atTheEnd);
        } catch (IOException e) {
            forget(atTheEnd);
            end(process, process.toHandle(), folder);
            throw e;
        }
    }

    private static List<String> command(Path launcher, Duration delay, Path data, Path readyFile) {
        return List.of(
                launcher.toString(),
                "up",
                "--data",
                data.toString(),
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
                readyFile.toString());
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
            pause(Duration.ofMillis(5));
        }
        throw new IOException(
                "the system was not ready within %s:%n%s".formatted(TO_BE_READY, lastOf(words)));
    }

    private static String lastOf(Path words) throws IOException {
        String all = Files.readString(words);
        return all.length() > 4_000 ? all.substring(all.length() - 4_000) : all;
    }

    /** Lets some time pass. */
    public static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** From the launcher's start until the ready file was there. */
    public Duration untilReady() {
        return untilReady;
    }

    /** Where its GraphQL door is. */
    public URI http() {
        return ready.http();
    }

    /** Its JVM. */
    public ProcessHandle handle() {
        return ready.process().orElse(process.toHandle());
    }

    /** How much memory its JVM holds now. */
    public long residentBytes() throws IOException {
        return Memory.residentBytes(handle());
    }

    @Override
    public void close() {
        forget(atTheEnd);
        end(process, handle(), folder);
    }

    private static void forget(Thread atTheEnd) {
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException alreadyEnding) {
            // It runs now, and does the same.
            return;
        }
    }

    private static void end(Process process, ProcessHandle jvm, Path folder) {
        stop(process, jvm);
        delete(folder);
    }

    private static void stop(Process process, ProcessHandle jvm) {
        process.destroy();
        try {
            if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
                jvm.destroyForcibly();
                process.destroyForcibly();
                process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            jvm.destroyForcibly();
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
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
