package io.waybill.app.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the program is started: as it was packaged, or from this JVM's own classes when it was not.
 */
final class Program {

    private static final Path PACKAGED = Path.of("target", "waybill", "waybill.jar");
    private static final String MAIN = "io.waybill.app.Waybill";

    private Program() {}

    /** A command line that runs the program in a JVM like the launcher's. */
    static List<String> command(Path temporaryFiles, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporaryFiles,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath(),
                        MAIN));
        command.addAll(arguments);
        return command;
    }

    private static String classPath() {
        return Boolean.getBoolean("waybill.packaged") && Files.exists(PACKAGED)
                ? PACKAGED.toAbsolutePath().toString()
                : System.getProperty("java.class.path")
                        + File.pathSeparator
                        + Path.of("target", "classes").toAbsolutePath();
    }

    /** The folder of the whole project. */
    static Path project() {
        return Path.of("..").toAbsolutePath().normalize();
    }
}
