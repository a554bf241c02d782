package io.waybill.app.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the launcher, or another command, to its end. */
final class Launcher {

    private static final Path WAYBILL = Program.project().resolve("waybill");

    private Launcher() {}

    /** How a command ended and what it said. */
    record Ended(int exitCode, String out, String err) {}

    /** A process of the launcher with these arguments. */
    static ProcessBuilder of(String... arguments) {
        List<String> command = new ArrayList<>(List.of(WAYBILL.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    static Ended run(String... arguments) throws IOException, InterruptedException {
        return run(of(arguments));
    }

    /** Runs a command to its end. */
    static Ended run(ProcessBuilder command) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("launched");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                throw new AssertionError(
                        command.command() + " did not end; " + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
            Files.deleteIfExists(folder);
        }
    }

    /** Whether a command can be run here. */
    static boolean has(String command) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, command))) {
                return true;
            }
        }
        return false;
    }
}
